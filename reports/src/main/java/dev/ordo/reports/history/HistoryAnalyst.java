package dev.ordo.reports.history;

import dev.ordo.reports.compare.FalseDiscovery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Finds where the trends of a history changed.
 *
 * <p>Every trend is cut by hosts: runs of one host are compared with each other only. Each track is
 * then searched for its strongest {@link Shift}, and where the level shifted, both sides are
 * searched again, until nothing more is found. All tests of a round share one rate of false
 * discoveries (Benjamini and Hochberg), and a round has only parts of what was found in the one
 * before (a hierarchy of families; Yekutieli 2008, <i>Journal of the American Statistical
 * Association</i> 103).
 */
public final class HistoryAnalyst {

  /** The fewest tracks of one host whose dependence is taken together. */
  private static final int FEWEST_POOLED = 5;

  private static final int LEAST_PERMUTATIONS = 1999;
  private static final int MOST_PERMUTATIONS = 200_000;

  /** How many times smaller than the level of a lone change a probability can be told to be. */
  private static final double FINENESS = 10;

  private final HistoryOptions options;

  private HistoryAnalyst(HistoryOptions options) {
    this.options = options;
  }

  /**
   * Studies a history.
   *
   * @param history runs in the order in which changes are sought
   * @param options what counts as a change
   */
  public static HistoryStudy study(History history, HistoryOptions options) {
    return new HistoryAnalyst(options).study(history);
  }

  private HistoryStudy study(History history) {
    List<HostTrack> tracks =
        IntStream.range(0, history.trends().size())
            .parallel()
            .boxed()
            .flatMap(i -> HostTrack.of(i, history.trends().get(i), history.runs()).stream())
            .toList();
    Map<String, Suspicion> hosts = suspicions(tracks);
    List<Piece> round =
        tracks.stream()
            .filter(track -> track.values().length >= 2 * Shift.FEWEST)
            .map(track -> new Piece(track, 0, track.values().length))
            .toList();
    int tests = round.size();
    Map<HostTrack, List<Cut>> cuts = new LinkedHashMap<>();
    while (!round.isEmpty()) {
      round = cut(round, hosts, cuts);
    }
    List<List<Track>> found = new ArrayList<>();
    history.trends().forEach(trend -> found.add(new ArrayList<>()));
    List<Track> finished =
        tracks.parallelStream()
            .map(
                track ->
                    new Changes(track, hosts.get(track.host().key()), options)
                        .of(cuts.getOrDefault(track, List.of())))
            .toList();
    for (int i = 0; i < tracks.size(); i++) {
      found.get(tracks.get(i).trend()).add(finished.get(i));
    }
    List<TrendFinding> findings =
        IntStream.range(0, found.size())
            .mapToObj(i -> new TrendFinding(history.trends().get(i), found.get(i)))
            .toList();
    return new HistoryStudy(history, findings, options, tests);
  }

  /** Makes one round of tests; returns the pieces of the next one. */
  private List<Piece> cut(
      List<Piece> round, Map<String, Suspicion> hosts, Map<HostTrack, List<Cut>> cuts) {
    int most = permutations(round.size());
    List<Optional<Shift>> shifts =
        round.parallelStream()
            .map(
                piece ->
                    Shift.strongest(
                        piece.values(),
                        hosts.get(piece.track().host().key()),
                        most,
                        piece.seed(options.seed())))
            .toList();
    double[] adjusted =
        FalseDiscovery.BENJAMINI_HOCHBERG.adjust(
            shifts.stream().mapToDouble(s -> s.map(Shift::probability).orElse(1.0)).toArray());
    List<Piece> next = new ArrayList<>();
    for (int i = 0; i < round.size(); i++) {
      if (shifts.get(i).isPresent() && adjusted[i] <= options.alpha()) {
        Piece piece = round.get(i);
        Shift shift = shifts.get(i).orElseThrow();
        int from = piece.from() + shift.from();
        int to = piece.from() + shift.to();
        List<Cut> own = cuts.computeIfAbsent(piece.track(), track -> new ArrayList<>());
        for (int place : from == piece.from() ? new int[] {to} : new int[] {from, to}) {
          own.add(new Cut(place, shift.probability(), adjusted[i]));
        }
        for (Piece part :
            List.of(
                new Piece(piece.track(), piece.from(), from),
                new Piece(piece.track(), from, to),
                new Piece(piece.track(), to, piece.to()))) {
          if (part.to() - part.from() >= 2 * Shift.FEWEST) {
            next.add(part);
          }
        }
      }
    }
    return next;
  }

  private int permutations(int tests) {
    double needed = FINENESS * tests / options.alpha();
    return (int) Math.max(LEAST_PERMUTATIONS, Math.min(MOST_PERMUTATIONS, needed));
  }

  /** Returns what runs of each host have in common, as all its tracks together tell. */
  private static Map<String, Suspicion> suspicions(List<HostTrack> tracks) {
    Map<String, List<HostTrack>> hosts = new LinkedHashMap<>();
    tracks.forEach(
        track -> hosts.computeIfAbsent(track.host().key(), k -> new ArrayList<>()).add(track));
    Map<String, Suspicion> suspicions = new LinkedHashMap<>();
    hosts.forEach(
        (key, own) -> {
          List<Variogram> variograms =
              own.parallelStream()
                  .map(track -> Variogram.of(Scores.of(track.values()), 0, 0))
                  .flatMap(Optional::stream)
                  .toList();
          suspicions.put(
              key,
              variograms.size() < FEWEST_POOLED
                  ? Suspicion.ALONE
                  : Suspicion.together(Variogram.mean(variograms)));
        });
    return suspicions;
  }

  /** A stretch of a track that is searched for a shift. */
  private record Piece(HostTrack track, int from, int to) {

    double[] values() {
      return java.util.Arrays.copyOfRange(track.values(), from, to);
    }

    /** Mixes the seed with the place of the piece. */
    long seed(long seed) {
      long place = (track.trend() * 31L + track.host().key().hashCode()) * 1_000_003L + from;
      return new SplittableRandom(seed ^ (place * 1_000_003L + to)).nextLong();
    }
  }
}
