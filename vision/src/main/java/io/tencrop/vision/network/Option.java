package io.tencrop.vision.network;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a network can be varied by. */
public sealed interface Option {
  /** As in a spec. */
  String name();

  /** When a spec does not set it. */
  Object defaultValue();

  /** For people. */
  String description();

  /** {@code integer}, {@code number}, {@code boolean} or {@code string}. */
  String type();

  /** Its values, in words. */
  String allowed();

  /** Whether it may have this value, as a JSON reader gives it. */
  boolean allows(Object value);

  /** Its value from text; the text itself when it is none of its values. */
  Object read(String text);

  /** A whole number in a range. */
  record Whole(String name, Integer defaultValue, int minimum, int maximum, String description)
      implements Option {
    @Override
    public String type() {
      return "integer";
    }

    @Override
    public String allowed() {
      return "a whole number from %d to %d".formatted(minimum, maximum);
    }

    @Override
    public Object read(String text) {
      return text.matches("-?\\d{1,18}") ? Long.valueOf(text) : text;
    }

    @Override
    public boolean allows(Object value) {
      return (value instanceof Integer || value instanceof Long)
          && ((Number) value).longValue() >= minimum
          && ((Number) value).longValue() <= maximum;
    }
  }

  /** A number from {@code minimum} up to but without {@code limit}. */
  record Real(String name, Double defaultValue, double minimum, double limit, String description)
      implements Option {
    @Override
    public String type() {
      return "number";
    }

    @Override
    public String allowed() {
      return "a number from %s to less than %s".formatted(plain(minimum), plain(limit));
    }

    private static String plain(double value) {
      return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    @Override
    public Object read(String text) {
      return text.matches("-?\\d+(\\.\\d+)?([eE]-?\\d+)?") ? Double.valueOf(text) : text;
    }

    @Override
    public boolean allows(Object value) {
      return value instanceof Number number
          && number.doubleValue() >= minimum
          && number.doubleValue() < limit;
    }
  }

  /** On or off. */
  record Switch(String name, Boolean defaultValue, String description) implements Option {
    @Override
    public String type() {
      return "boolean";
    }

    @Override
    public String allowed() {
      return "true or false";
    }

    @Override
    public Object read(String text) {
      return text.equals("true") || text.equals("false") ? Boolean.valueOf(text) : text;
    }

    @Override
    public boolean allows(Object value) {
      return value instanceof Boolean;
    }
  }

  /** One of some names. */
  record Choice(String name, String defaultValue, List<String> choices, String description)
      implements Option {
    /** Of the constants of an enum, in lower case; the first is the default. */
    static Choice of(String name, Class<? extends Enum<?>> constants, String description) {
      List<String> choices =
          Stream.of(constants.getEnumConstants())
              .map(constant -> constant.name().toLowerCase(Locale.ROOT))
              .toList();
      return new Choice(name, choices.get(0), choices, description);
    }

    @Override
    public String type() {
      return "string";
    }

    @Override
    public String allowed() {
      return "one of " + String.join(", ", choices);
    }

    @Override
    public Object read(String text) {
      return text;
    }

    @Override
    public boolean allows(Object value) {
      return choices.contains(value);
    }
  }
}
