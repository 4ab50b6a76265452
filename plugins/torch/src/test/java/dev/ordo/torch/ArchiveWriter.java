package dev.ordo.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes TorchScript archives: a zip file of code as text, the module's attributes as a pickle of
 * protocol 2, and a file of numbers for each parameter.
 */
final class ArchiveWriter {

  private static final LocalDateTime ALWAYS = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final String name;
  private final Map<String, byte[]> numbers = new LinkedHashMap<>();
  private final Map<String, int[]> shapes = new LinkedHashMap<>();
  private final SplittableRandom random = new SplittableRandom(1);

  /** Takes the name of the class. */
  ArchiveWriter(String name) {
    this.name = name;
  }

  /** Adds a parameter with random values. */
  ArchiveWriter parameter(String parameter, int rows, int columns) {
    ByteBuffer values = ByteBuffer.allocate(4 * rows * columns).order(ByteOrder.LITTLE_ENDIAN);
    while (values.hasRemaining()) {
      values.putFloat((float) (random.nextDouble(-1, 1) / Math.sqrt(columns)));
    }
    numbers.put(parameter, values.array());
    shapes.put(parameter, new int[] {rows, columns});
    return this;
  }

  /**
   * Returns the file.
   *
   * @param forward the method: arguments after {@code self}, result and body
   */
  byte[] file(String forward) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      entry(zip, "data.pkl", attributes());
      entry(zip, "code/__torch__.py", code(forward).getBytes(StandardCharsets.UTF_8));
      int file = 0;
      for (byte[] values : numbers.values()) {
        entry(zip, "data/" + file++, values);
      }
      entry(zip, "constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
      entry(zip, "version", "3\n".getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void entry(ZipOutputStream zip, String path, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name.toLowerCase(Locale.ROOT) + "/" + path);
    CRC32 sum = new CRC32();
    sum.update(content);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(sum.getValue());
    entry.setTimeLocal(ALWAYS);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private String code(String forward) {
    StringBuilder code = new StringBuilder("class " + name + "(Module):\n  __parameters__ = [");
    numbers.keySet().forEach(parameter -> code.append('"').append(parameter).append("\", "));
    code.append("]\n  __buffers__ = []\n");
    numbers.keySet().forEach(parameter -> code.append("  " + parameter + " : Tensor\n"));
    code.append("  training : bool\n  def forward(self: __torch__." + name + ",\n");
    return code.append(forward.indent(4)).toString();
  }

  private byte[] attributes() {
    Pickle pickle = new Pickle().global("__torch__", name).op(')').op('\u0081').op('}').op('(');
    int file = 0;
    for (Map.Entry<String, int[]> parameter : shapes.entrySet()) {
      int rows = parameter.getValue()[0];
      int columns = parameter.getValue()[1];
      pickle.text(parameter.getKey()).global("torch._utils", "_rebuild_tensor_v2").op('(');
      pickle.op('(').text("storage").global("torch", "FloatStorage");
      pickle.text(Integer.toString(file++)).text("cpu").number(rows * columns).op('t').op('Q');
      pickle.number(0);
      pickle.op('(').number(rows).number(columns).op('t');
      pickle.op('(').number(columns).number(1).op('t');
      pickle.op('\u0089').global("collections", "OrderedDict").op(')').op('R').op('t').op('R');
    }
    return pickle.text("training").op('\u0089').op('u').op('b').op('.').bytes();
  }

  /** The operations of a pickle that a module needs. */
  private static final class Pickle {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Pickle() {
      op('\u0080').op('\u0002');
    }

    Pickle op(char code) {
      out.write(code);
      return this;
    }

    Pickle global(String module, String type) {
      op('c');
      out.writeBytes((module + "\n" + type + "\n").getBytes(StandardCharsets.UTF_8));
      return this;
    }

    Pickle text(String text) {
      byte[] content = text.getBytes(StandardCharsets.UTF_8);
      op('X');
      fourBytes(content.length);
      out.writeBytes(content);
      return this;
    }

    Pickle number(int value) {
      op('J');
      fourBytes(value);
      return this;
    }

    private void fourBytes(int value) {
      out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
    }

    byte[] bytes() {
      return out.toByteArray();
    }
  }
}
