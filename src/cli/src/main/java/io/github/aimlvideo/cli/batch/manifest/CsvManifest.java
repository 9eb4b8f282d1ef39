package io.github.aimlvideo.cli.batch.manifest;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.FieldModifier;
import io.github.aimlvideo.cli.Suggestion;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads a CSV manifest (RFC 4180, also with semicolons or tabs) into objects with the names of the
 * header. Row and column of a violation are those that a spreadsheet shows.
 */
final class CsvManifest {
  /** How Excel tells itself the separator; no spreadsheet shows this line. */
  private static final Pattern SEPARATOR_LINE =
      Pattern.compile("(?i)\"?sep=([^\"\r\n])\"?(\r\n?|\n|$)");

  /** Every row needs one of them. */
  private static final List<String> REQUIRED = List.of("image_url", "model");

  private final char separator;
  private final Violations violations;
  private final Map<Integer, JsonObject> rows = new LinkedHashMap<>();
  private List<String> header = List.of();

  /** Of the record that is being read. */
  private int column;

  private CsvManifest(char separator, Violations violations) {
    this.separator = separator;
    this.violations = violations;
  }

  /** Rows by number; the header is row 1. A blank cell is not a property. */
  static Map<Integer, JsonObject> read(String text, Violations violations) {
    Matcher line = SEPARATOR_LINE.matcher(text);
    boolean hasLine = line.lookingAt();
    String records = hasLine ? text.substring(line.end()) : text;
    char separator = hasLine ? line.group(1).charAt(0) : separator(text);
    CsvManifest manifest = new CsvManifest(separator, violations);
    manifest.read(records);
    return manifest.rows;
  }

  /** The character that the header has most of, outside quotes. */
  private static char separator(String text) {
    Stream<String> lines = text.lines().filter(line -> !line.isBlank());
    String names = lines.findFirst().orElse("").replaceAll("\"[^\"]*\"", "");
    return Stream.of(',', ';', '\t')
        .max(Comparator.comparingLong(c -> names.chars().filter(name -> name == c).count()))
        .orElse(',');
  }

  private void read(String text) {
    CsvRecordHandler records = CsvRecordHandler.of(handler -> handler.fieldModifier(strip()));
    CsvReader.CsvReaderBuilder reader =
        CsvReader.builder()
            .fieldSeparator(separator)
            .skipEmptyLines(false)
            .allowUnclosedQuote(false)
            .trimWhitespacesAroundQuotes(true)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE) // blank ones are not refused
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE);
    int number = 0;
    try (CsvReader<CsvRecord> csv = reader.build(records, text)) {
      for (CsvRecord record : csv) {
        column = 0;
        number++;
        List<String> cells = record.getFields();
        if (cells.stream().allMatch(String::isBlank)) continue;
        if (!header.isEmpty()) row(number, cells);
        else if (!header(number, cells)) return;
      }
    } catch (CsvParseException e) {
      violations.add(number + 1, name(column), problem(e));
    } catch (IOException e) {
      throw new AssertionError("reading a string does not fail", e);
    }
  }

  /** Counts the cells of a record, and strips those without quotes. */
  private FieldModifier strip() {
    return new FieldModifier() {
      @Override
      public String modify(long line, int index, boolean quoted, String cell) {
        column = index + 1;
        return quoted ? cell : cell.strip();
      }
    };
  }

  /** The exception has nothing but a message, which counts lines instead of rows. */
  private static String problem(CsvParseException e) {
    String message = String.valueOf(e.getMessage());
    if (message.startsWith("Unclosed")) return "the quote that opens the cell is never closed";
    return message.startsWith("Unexpected character after closing quote")
        ? "text after a closing quote: the cell lacks its last quote, or a quote in it is not doubled"
        : "too long";
  }

  /** Returns whether rows can be read with this header. */
  private boolean header(int number, List<String> cells) {
    header = withoutBlankEnd(cells).stream().map(CsvManifest::property).toList();
    Set<String> seen = new HashSet<>();
    boolean valid = true;
    for (String name : header) {
      if (name.isEmpty() || seen.add(name)) continue;
      violations.add(number, name, "appears twice");
      valid = false;
    }
    return hasRequired(number) && valid;
  }

  private boolean hasRequired(int number) {
    if (REQUIRED.stream().anyMatch(header::contains)) return true;
    Optional<String> typo =
        header.stream().filter(name -> !Suggestion.of(name, REQUIRED).isEmpty()).findFirst();
    String wayOut =
        typo.map(name -> Suggestion.of(name, REQUIRED))
            .orElse("; the first row must be a header, such as name,image_url,prompt,duration");
    violations.add(number, typo.orElse(null), "no column image_url or model" + wayOut);
    return false;
  }

  /** In lower case as in the contract, unless it is in camel case as some models have it. */
  private static String property(String name) {
    return name.matches(".*\\p{Ll}\\p{Lu}.*") ? name : name.toLowerCase(Locale.ROOT);
  }

  private static List<String> withoutBlankEnd(List<String> cells) {
    int size = cells.size();
    while (size > 0 && cells.get(size - 1).isBlank()) size--;
    return cells.subList(0, size);
  }

  private void row(int number, List<String> cells) {
    if (cells.size() < header.size()) {
      violations.add(number, name(cells.size()), "missing; the row ends before it");
      return;
    }
    JsonObject row = new JsonObject();
    for (int i = 0; i < cells.size(); i++) {
      if (cells.get(i).isBlank()) continue;
      if (hasName(i)) {
        row.add(header.get(i), value(cells.get(i)));
      } else {
        violations.add(number, name(i), nameless(i));
        return;
      }
    }
    rows.put(number, row);
  }

  private String nameless(int index) {
    return index < header.size()
        ? "the header has no name for it"
        : "the header has only "
            + header.size()
            + (header.size() == 1 ? " column" : " columns")
            + "; put a text that contains '"
            + separator
            + "' in quotes";
  }

  /** The name of a column, or its number from 1. */
  private String name(int index) {
    return hasName(index) ? header.get(index) : "" + (index + 1);
  }

  private boolean hasName(int index) {
    return index < header.size() && !header.get(index).isEmpty();
  }

  /** A cell is a string; a list or an object is JSON. */
  private static JsonElement value(String cell) {
    if (!cell.startsWith("{") && !cell.startsWith("[")) return new JsonPrimitive(cell);
    try {
      return Manifest.parse(cell);
    } catch (JsonParseException e) {
      return new JsonPrimitive(cell); // perhaps a prompt; otherwise validation finds the wrong type
    }
  }
}
