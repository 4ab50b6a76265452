package dev.ordo.models.translation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelativePositionsTest {

  /** The distances at which the reference's {@code _relative_position_bucket} begins a bucket. */
  @ParameterizedTest
  @CsvSource({
    "32, 128, true, '0,1,2,3,4,5,6,7,8,12,16,23,32,46,64,91'",
    "32, 128, false,"
        + " '0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,19,21,24,27,31,35,40,46,52,59,67,77,87,99,113'",
    "16, 64, true, '0,1,2,3,4,8,16,32'",
    "16, 256, false, '0,1,2,3,4,5,6,7,8,13,20,30,46,70,108,166'",
    "8, 20, true, '0,1,2,7'",
    "8, 32, false, '0,1,2,3,4,7,12,20'"
  })
  void bucketsBeginWhereThoseOfTheReferenceDo(
      int buckets, int farthest, boolean both, String starts) {
    int[] expected = Arrays.stream(starts.split(",")).mapToInt(Integer::parseInt).toArray();
    int bucket = -1;
    for (int distance = 0; distance < 300; distance++) {
      if (bucket + 1 < expected.length && expected[bucket + 1] == distance) {
        bucket++;
      }
      assertThat(RelativePositions.bucket(-distance, both, buckets, farthest))
          .as("distance %s", distance)
          .isEqualTo(bucket);
      int behind = distance == 0 || !both ? 0 : buckets / 2 + bucket;
      assertThat(RelativePositions.bucket(distance, both, buckets, farthest)).isEqualTo(behind);
    }
  }

  @Test
  void anyDistanceHasABucket() {
    for (int buckets = 4; buckets < 70; buckets++) {
      for (int farthest : new int[] {buckets / 2 + 1, 100, 1 << 20, Integer.MAX_VALUE}) {
        for (int distance : new int[] {-(1 << 30), -1000, -40, 0, 40, 1000, 1 << 30}) {
          for (boolean both : new boolean[] {false, true}) {
            assertThat(RelativePositions.bucket(distance, both, buckets, farthest))
                .isBetween(0, buckets - 1);
          }
        }
      }
    }
  }

  @Test
  void bucketsOfAllDistancesAreInOrder() {
    assertThat(RelativePositions.buckets(3, true, 32, 128)).containsExactly(2, 1, 0, 17, 18);
    assertThat(RelativePositions.buckets(3, false, 32, 128)).containsExactly(2, 1, 0, 0, 0);
    assertThat(RelativePositions.buckets(1, true, 32, 128)).containsExactly(0);
  }
}
