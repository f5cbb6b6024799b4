package brink.trainer.data;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * The rows of a CSV file (RFC 4180) as text: UTF-8, or what a byte order mark says. The file is
 * read anew for each pass, and never held as a whole.
 *
 * @param dialect with a separator
 */
record CsvText(Path file, CsvDialect dialect) {
  /** FastCSV's own limit, 16,384, is less than the pixels of many images. */
  private static final int MOST_FIELDS = 1 << 20;

  /**
   * Looks at the beginning of a file.
   *
   * @throws DataException if it is missing or no text
   */
  static CsvText of(Path file, CsvDialect dialect) {
    DataException.requireFile(file, "an existing CSV file");
    requireText(file);
    if (dialect.separator() != null) {
      return new CsvText(file, dialect);
    }
    try (BufferedReader reader = reader(file)) {
      String line = reader.readLine();
      for (int skipped = 0; line != null && skipped < dialect.skip(); skipped++) {
        line = reader.readLine();
      }
      while (line != null && dialect.comment() != null && line.startsWith("" + dialect.comment())) {
        line = reader.readLine();
      }
      char found = dialect.separatorOf(Objects.requireNonNullElse(line, ""));
      return new CsvText(file, dialect.separatedBy(found));
    } catch (CharacterCodingException e) {
      throw unreadable(file, 0, e);
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }

  private static void requireText(Path file) {
    byte[] head = head(file);
    WebPage.refuse(file, head);
    if (head.length > 1 && head[0] == 'P' && head[1] == 'K') {
      throw new DataException(
          "%s: is a ZIP archive or an Excel workbook; save the sheet as CSV".formatted(file));
    }
    if (head.length > 1 && (head[0] & 0xff) == 0x1f && (head[1] & 0xff) == 0x8b) {
      throw new DataException("%s: is gzipped; unpack it with gunzip".formatted(file));
    }
  }

  private static byte[] head(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(WebPage.HEAD);
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }

  private static BufferedReader reader(Path file) throws IOException {
    Charset charset = StandardCharsets.UTF_8;
    int mark = 0;
    byte[] head = head(file);
    if (startsWith(head, 0xef, 0xbb, 0xbf)) {
      mark = 3;
    } else if (startsWith(head, 0xff, 0xfe)) {
      charset = StandardCharsets.UTF_16LE;
      mark = 2;
    } else if (startsWith(head, 0xfe, 0xff)) {
      charset = StandardCharsets.UTF_16BE;
      mark = 2;
    }
    InputStream in = Files.newInputStream(file);
    in.skipNBytes(mark);
    // A decoder of its own reports what it cannot read, where a charset would replace it.
    return new BufferedReader(new InputStreamReader(in, charset.newDecoder()));
  }

  private static boolean startsWith(byte[] head, int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (head.length <= i || (head[i] & 0xff) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Hands all rows over, in order, until one is not wanted any more.
   *
   * @param rows whether to go on after this row
   * @throws DataException if the file is malformed
   */
  void forEach(Predicate<Row> rows) {
    long line = dialect.skip();
    try (CsvReader<CsvRecord> records = open()) {
      records.skipLines(dialect.skip());
      for (CsvRecord record : records) {
        line = record.getStartingLineNumber();
        if (!rows.test(row(record))) {
          return;
        }
      }
    } catch (CsvParseException e) {
      throw malformed(line, e);
    } catch (UncheckedIOException e) {
      throw unreadable(file, line, Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw unreadable(file, line, e);
    }
  }

  /** A row of cells, without the blanks around them. */
  record Row(long line, List<String> cells) {}

  private Row row(CsvRecord record) {
    List<String> cells = record.getFields().stream().map(String::strip).toList();
    // Columns that are set out with blanks have as many as it takes.
    boolean blanks = Character.valueOf(' ').equals(dialect.separator());
    return new Row(
        record.getStartingLineNumber(),
        blanks ? cells.stream().filter(cell -> !cell.isEmpty()).toList() : cells);
  }

  private CsvReader<CsvRecord> open() throws IOException {
    Character comment = dialect.comment();
    CsvReader.CsvReaderBuilder builder =
        CsvReader.builder()
            .fieldSeparator(Objects.requireNonNull(dialect.separator()))
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .allowUnclosedQuote(false);
    if (comment != null) {
      builder.commentStrategy(CommentStrategy.SKIP).commentCharacter(comment);
    }
    return builder.build(
        CsvRecordHandler.of(handler -> handler.maxFields(MOST_FIELDS)), reader(file));
  }

  private DataException malformed(long line, CsvParseException e) {
    if (e.getCause() instanceof IOException unreadable) {
      return unreadable(file, line, unreadable);
    }
    return new DataException(
        "%s, after line %d: malformed CSV: %s".formatted(file, line, message(e)), e);
  }

  private static DataException unreadable(Path file, long line, IOException e) {
    return e instanceof CharacterCodingException
        ? new DataException(
            "%s, after line %d: cannot be read as UTF-8; save it as UTF-8, or as UTF-16 with its mark"
                .formatted(file, line),
            e)
        : DataException.unreadable(file, e);
  }

  private static String message(Exception e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return String.valueOf(cause.getMessage()).replaceAll("\\s+", " ");
  }
}
