package io.tencrop.gateway.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of sections; {@code page.html} writes it.
 *
 * @param facts below the title
 */
record Page(String title, List<String> facts, List<Section> sections) {
  Page {
    facts = List.copyOf(facts);
    sections = List.copyOf(sections);
  }

  /**
   * @param legend names of colours, for all charts of the section
   * @param notes below everything
   */
  record Section(
      String title,
      List<String> paragraphs,
      List<Legend> legend,
      List<Chart> charts,
      List<Sheet> sheets,
      List<String> notes) {
    Section {
      paragraphs = List.copyOf(paragraphs);
      legend = List.copyOf(legend);
      charts = List.copyOf(charts);
      sheets = List.copyOf(sheets);
      notes = List.copyOf(notes);
    }

    static Section of(String title, Sheet sheet, String... notes) {
      return new Section(title, List.of(), List.of(), List.of(), List.of(sheet), List.of(notes));
    }
  }

  /**
   * @param style class of the style sheet
   */
  record Legend(String name, String style) {}

  /**
   * A table.
   *
   * @param caption absent: none
   */
  record Sheet(@Nullable String caption, List<Column> columns, List<List<Cell>> rows) {
    Sheet {
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
    }
  }

  /**
   * @param style class of the style sheet
   */
  record Column(String title, String style) {
    static Column text(String title) {
      return new Column(title, "text");
    }

    /** Aligned to the right. */
    static Column number(String title) {
      return new Column(title, "number");
    }

    /** Broken into lines. */
    static Column sentences(String title) {
      return new Column(title, "sentences");
    }
  }

  /**
   * @param shade of the background, in percent; 0: none
   */
  record Cell(String text, int shade) {
    static List<Cell> row(String... texts) {
      return java.util.stream.Stream.of(texts).map(text -> new Cell(text, 0)).toList();
    }
  }
}
