/*
 * The selective scan of Ordo's kernel SelectiveScan as a C programmer writes it: channels in groups
 * of sixteen, all steps of a group before the next, and a compiler that may use vectors and short
 * exponentials (-O3 -march=native -ffast-math).
 */
#include <jni.h>
#include <math.h>

enum { GROUP = 16 };

/* x, dt, y: (steps, channels); bc: (steps, 2, states); skip: (channels);
   a, h: for each group of channels (states, GROUP). */
static void scan(int steps, int channels, int states, const float *restrict x,
                 const float *restrict dt, const float *restrict bc, const float *restrict a,
                 const float *restrict skip, float *restrict y, float *restrict h) {
  for (int c = 0; c < channels; c += GROUP) {
    const float *decay = a + c * states;
    float *state = h + c * states;
    for (int t = 0; t < steps; t++) {
      const float *u = x + t * channels + c;
      const float *d = dt + t * channels + c;
      const float *b = bc + t * 2 * states;
      float du[GROUP];
      float sum[GROUP];
      for (int l = 0; l < GROUP; l++) {
        du[l] = d[l] * u[l];
        sum[l] = u[l] * skip[c + l];
      }
      for (int n = 0; n < states; n++) {
        for (int l = 0; l < GROUP; l++) {
          int i = n * GROUP + l;
          state[i] = expf(d[l] * decay[i]) * state[i] + du[l] * b[n];
          sum[l] += state[i] * b[states + n];
        }
      }
      for (int l = 0; l < GROUP; l++) {
        y[t * channels + c + l] = sum[l];
      }
    }
  }
}

JNIEXPORT void JNICALL Java_dev_ordo_peers_NativeScan_scan(
    JNIEnv *env, jclass type, jint steps, jint channels, jint states, jfloatArray x, jfloatArray dt,
    jfloatArray bc, jfloatArray a, jfloatArray skip, jfloatArray y, jfloatArray h) {
  jfloatArray arrays[] = {x, dt, bc, a, skip, y, h};
  enum { ARRAYS = sizeof arrays / sizeof *arrays };
  float *p[ARRAYS] = {0};
  int got = 0;
  while (got < ARRAYS &&
         (p[got] = (*env)->GetPrimitiveArrayCritical(env, arrays[got], 0)) != 0) {
    got++;
  }
  if (got == ARRAYS) {
    scan(steps, channels, states, p[0], p[1], p[2], p[3], p[4], p[5], p[6]);
  }
  while (got-- > 0) {
    (*env)->ReleasePrimitiveArrayCritical(env, arrays[got], p[got], got < 5 ? JNI_ABORT : 0);
  }
}
