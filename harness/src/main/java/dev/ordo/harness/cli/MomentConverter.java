package dev.ordo.harness.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads moments such as {@code 2026-11-03} (its beginning, UTC) or {@code 2026-11-03T14:00:00Z}.
 */
final class MomentConverter implements ITypeConverter<Instant> {

  @Override
  public Instant convert(String text) {
    String plain = text.strip();
    try {
      return plain.indexOf('T') < 0
          ? LocalDate.parse(plain).atStartOfDay().toInstant(ZoneOffset.UTC)
          : OffsetDateTime.parse(plain).toInstant();
    } catch (DateTimeException e) {
      throw new TypeConversionException(
          "time '" + text + "' must be like 2026-11-03 or 2026-11-03T14:00:00Z");
    }
  }
}
