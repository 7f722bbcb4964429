package io.tencrop.gateway.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.Template;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** Writes pages as HTML that needs nothing beside itself. Every value is escaped. */
final class HtmlPages {
  private static final String HTML = "text/html";
  private static final Template PAGE = template();

  private HtmlPages() {}

  static String write(Page page) {
    return PAGE.data("page", page).render();
  }

  private static Template template() {
    Engine engine =
        Engine.builder()
            .addDefaults()
            .addValueResolver(new ReflectionValueResolver())
            .addResultMapper(new HtmlEscaper(List.of(HTML)))
            .build();
    engine.putTemplate("chart", engine.parse(text("chart"), Variant.forContentType(HTML)));
    return engine.parse(text("page"), Variant.forContentType(HTML));
  }

  private static String text(String name) {
    try (InputStream in = HtmlPages.class.getResourceAsStream("/report/" + name + ".html")) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the template " + name, e);
    }
  }
}
