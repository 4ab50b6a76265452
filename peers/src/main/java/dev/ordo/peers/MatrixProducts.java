package dev.ordo.peers;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import com.sun.jna.Function;
import com.sun.jna.Pointer;
import dev.ordo.models.kernel.Linear;
import dev.ordo.models.kernel.Product;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * C = A·B for square matrices of order n, row-major float32, on one thread.
 *
 * <p>{@link Product} does what a BLAS does. {@link Linear} packs B once, when a model is made,
 * which a BLAS cannot: its line says what an inference gains.
 */
final class MatrixProducts {

  private MatrixProducts() {}

  static Row row(int n) {
    Map<String, Supplier<Contender>> contenders = new LinkedHashMap<>();
    contenders.put("ordo-linear", () -> new Packed(n));
    contenders.put("ordo-product", () -> new General(n));
    contenders.put("openblas", () -> new OpenBlas(n));
    return Row.time(
        "gemm-" + n,
        "GEMM, n = " + n,
        contenders,
        "openblas",
        1e-4,
        0.90,
        2.0 * n * n * n,
        "GFLOP/s");
  }

  private static float[] left(int n) {
    return new Uniform("a").next(n * n, -1, 1);
  }

  private static float[] right(int n) {
    return new Uniform("b").next(n * n, -1, 1);
  }

  private static final class Packed implements Contender {
    private final int n;
    private final float[] a;
    private final Linear b;
    private final float[] c;

    Packed(int n) {
      this.n = n;
      a = left(n);
      b = Linear.ofColumns(right(n), n, n, null);
      c = new float[n * n];
    }

    @Override
    public Object run() {
      b.apply(a, 0, n, c, 0);
      return c;
    }

    @Override
    public Map<String, float[]> output() {
      run();
      return Map.of("C", c);
    }
  }

  private static final class General implements Contender {
    private final int n;
    private final float[] a;
    private final float[] b;
    private final float[] c;

    General(int n) {
      this.n = n;
      a = left(n);
      b = right(n);
      c = new float[n * n];
    }

    @Override
    public Object run() {
      Product.apply(false, false, n, n, n, a, 0, n, b, 0, n, false, c, 0, n);
      return c;
    }

    @Override
    public Map<String, float[]> output() {
      run();
      return Map.of("C", c);
    }
  }

  /** Matrices off the heap, where OpenBLAS reads them without a copy, 64-byte aligned. */
  private static final class OpenBlas implements Contender {
    private static final int ALIGNMENT = 64;

    private final int n;
    private final FloatPointer a;
    private final FloatPointer b;
    private final FloatPointer c;

    OpenBlas(int n) {
      this.n = n;
      a = aligned(left(n));
      b = aligned(right(n));
      c = aligned(new float[n * n]);
    }

    private static FloatPointer aligned(float[] values) {
      FloatPointer memory = new FloatPointer(values.length + ALIGNMENT / Float.BYTES);
      long skip = -memory.address() & (ALIGNMENT - 1);
      FloatPointer pointer = memory.getPointer(skip / Float.BYTES);
      return pointer.put(values, 0, values.length);
    }

    @Override
    public Object run() {
      cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, n, n, n, 1, a, n, b, n, 0, c, n);
      return c;
    }

    @Override
    public Map<String, float[]> output() {
      run();
      float[] values = new float[n * n];
      c.get(values);
      return Map.of("C", values);
    }

    @Override
    public String details() {
      return text("openblas_get_config")
          + ", core "
          + text("openblas_get_corename")
          + ", threads "
          + function("openblas_get_num_threads").invokeInt(new Object[0]);
    }

    private static String text(String name) {
      return function(name).invokeString(new Object[0], false).strip();
    }

    /** JavaCPP binds none of OpenBLAS's own functions, but finds them. */
    private static Function function(String name) {
      Loader.load(openblas_nolapack.class);
      return Function.getFunction(new Pointer(Loader.addressof(name).address()));
    }
  }
}
