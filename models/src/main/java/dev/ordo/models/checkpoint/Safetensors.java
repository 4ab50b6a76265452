package dev.ordo.models.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Reads safetensors files: 8 bytes little-endian header length, a JSON header, the tensors' bytes.
 *
 * <p>A file is untrusted. As the reference reader does, this one insists that the tensors fill the
 * rest of the file without gap or overlap; nothing is allocated before its size is known to be in
 * the file. See the <a href="https://github.com/huggingface/safetensors#format">format</a>.
 */
final class Safetensors {

  /** The longest header that is read, in bytes; one of 100 000 tensors has about 12 MB. */
  static final int LONGEST_HEADER = 1 << 24;

  private record Entry(String name, Dtype dtype, List<Integer> shape, long begin, long end) {}

  private final Path path;

  private Safetensors(Path path) {
    this.path = path;
  }

  /** Reads a file; see {@link Tensors#read}. */
  static Tensors read(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return new Safetensors(path).read(channel);
    }
  }

  private Tensors read(FileChannel channel) throws IOException {
    long fileBytes = channel.size();
    if (fileBytes < 8) {
      throw bad("expected at least 8 bytes, found " + fileBytes);
    }
    long headerBytes = bytes(channel, 0, 8).getLong(0);
    if (headerBytes < 2 || headerBytes > Math.min(LONGEST_HEADER, fileBytes - 8)) {
      throw bad(
          "header length: expected 2.."
              + Math.min(LONGEST_HEADER, fileBytes - 8)
              + " bytes, found "
              + Long.toUnsignedString(headerBytes));
    }
    long dataStart = 8 + headerBytes;
    List<Entry> entries = entries(bytes(channel, 8, (int) headerBytes));
    checkCover(entries, fileBytes - dataStart);
    Tensors.Builder tensors = Tensors.builder(path.toString());
    for (Entry entry : entries) {
      load(channel, dataStart, entry, tensors);
    }
    return tensors.build();
  }

  private List<Entry> entries(ByteBuffer header) throws CheckpointException {
    Map<String, Object> json;
    try {
      json = Json.header(StandardCharsets.UTF_8.newDecoder().decode(header).toString());
    } catch (CharacterCodingException e) {
      throw bad("header: expected UTF-8, found other bytes");
    } catch (Json.SyntaxException e) {
      throw bad("header: " + e.getMessage());
    }
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, Object> field : json.entrySet()) {
      if (!field.getKey().equals("__metadata__")) {
        entries.add(entry(field.getKey(), field.getValue()));
      }
    }
    return entries;
  }

  private Entry entry(String name, Object value) throws CheckpointException {
    if (!(value instanceof Map<?, ?> fields)) {
      throw bad(name, "expected an object, found " + value);
    }
    Object dtypeName = fields.get("dtype");
    Dtype dtype = dtypeName instanceof String s ? Dtype.named(s) : null;
    if (dtype == null) {
      throw bad(name, "dtype: expected one of " + Dtype.known() + ", found " + dtypeName);
    }
    long[] dimensions = wholeNumbers(name, fields, "shape");
    long[] offsets = wholeNumbers(name, fields, "data_offsets");
    if (offsets.length != 2 || offsets[0] > offsets[1]) {
      throw bad(name, "data_offsets: expected [begin, end], found " + fields.get("data_offsets"));
    }
    List<Integer> shape = new ArrayList<>();
    long elements = 1;
    for (long dimension : dimensions) {
      // Both factors stay under 2³¹, so their product cannot overflow.
      elements *= Math.min(dimension, Integer.MAX_VALUE);
      if (dimension >= Tensors.LARGEST || elements >= Tensors.LARGEST) {
        throw bad(
            name,
            "shape: expected fewer than "
                + Tensors.LARGEST
                + " elements, found "
                + fields.get("shape"));
      }
      shape.add((int) dimension);
    }
    long expected = elements * dtype.size();
    if (offsets[1] - offsets[0] != expected) {
      throw bad(
          name,
          "data_offsets: expected "
              + expected
              + " bytes for "
              + dtype
              + " "
              + fields.get("shape")
              + ", found "
              + (offsets[1] - offsets[0]));
    }
    return new Entry(name, dtype, shape, offsets[0], offsets[1]);
  }

  private long[] wholeNumbers(String name, Map<?, ?> fields, String field)
      throws CheckpointException {
    if (fields.get(field) instanceof List<?> list
        && list.stream().allMatch(item -> item instanceof Long number && number >= 0)) {
      return list.stream().mapToLong(item -> (Long) item).toArray();
    }
    throw bad(
        name,
        field + ": expected an array of numbers that are not negative, found " + fields.get(field));
  }

  private void checkCover(List<Entry> entries, long dataBytes) throws CheckpointException {
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long position = 0;
    for (Entry entry : entries) {
      if (entry.end > dataBytes) {
        throw bad(
            entry.name,
            "data_offsets: expected an end within the file's "
                + dataBytes
                + " data bytes, found "
                + entry.end);
      }
      if (entry.begin != position) {
        throw bad(
            entry.name,
            "data_offsets: expected a begin of "
                + position
                + ", where the tensor before ends,"
                + " found "
                + entry.begin);
      }
      position = entry.end;
    }
    if (position != dataBytes) {
      throw bad("expected " + position + " data bytes after the header, found " + dataBytes);
    }
  }

  private void load(FileChannel channel, long dataStart, Entry entry, Tensors.Builder tensors)
      throws IOException {
    int size = entry.dtype.size();
    int elements = (int) ((entry.end - entry.begin) / size);
    float[] floats = entry.dtype.integral() ? null : new float[elements];
    long[] longs = entry.dtype.integral() ? new long[elements] : null;
    // Bounded pieces: a tensor may have more bytes than one buffer can hold.
    int piece = 1 << 20;
    for (int done = 0; done < elements; done += piece) {
      int count = Math.min(piece, elements - done);
      ByteBuffer bytes = bytes(channel, dataStart + entry.begin + (long) done * size, count * size);
      for (int i = 0; i < count; i++) {
        if (floats != null) {
          floats[done + i] = entry.dtype.toFloat(bytes, i);
        } else {
          longs[done + i] = entry.dtype.toLong(bytes, i);
        }
      }
    }
    int[] shape = entry.shape.stream().mapToInt(Integer::intValue).toArray();
    if (floats != null) {
      tensors.put(entry.name, floats, shape);
    } else {
      tensors.putLongs(entry.name, longs, shape);
    }
  }

  private ByteBuffer bytes(FileChannel channel, long position, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, position + bytes.position()) < 0) {
        throw bad("expected " + count + " bytes from " + position + ", found " + bytes.position());
      }
    }
    return bytes.flip();
  }

  private CheckpointException bad(String problem) {
    return new CheckpointException(path, problem);
  }

  private CheckpointException bad(String tensor, String problem) {
    return bad("tensor '" + tensor + "': " + problem);
  }
}
