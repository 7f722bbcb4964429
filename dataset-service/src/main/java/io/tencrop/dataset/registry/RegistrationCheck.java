package io.tencrop.dataset.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.tencrop.contracts.api.DatasetRegistration;
import io.tencrop.contracts.api.DatasetRegistration.Source;
import io.tencrop.contracts.api.DatasetRegistration.SourceType;
import io.tencrop.contracts.api.Problem.Violation;
import io.tencrop.dataset.source.SourceUri;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.storage.Digests;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a registration and finds everything that is wrong with it. */
final class RegistrationCheck {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
  private static final ObjectMapper JSON =
      MessageCodec.newMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private final List<Violation> violations = new ArrayList<>();

  private RegistrationCheck() {}

  /**
   * What was read: a registration, or what is wrong.
   *
   * @param registration absent when there are violations
   */
  record Outcome(@Nullable DatasetRegistration registration, List<Violation> violations) {}

  static Outcome read(byte[] json) {
    RegistrationCheck check = new RegistrationCheck();
    DatasetRegistration registration = check.parse(json);
    if (registration != null) {
      check.check(registration);
    }
    return check.violations.isEmpty()
        ? new Outcome(registration, List.of())
        : new Outcome(null, List.copyOf(check.violations));
  }

  private @Nullable DatasetRegistration parse(byte[] json) {
    try {
      DatasetRegistration registration = JSON.readValue(json, DatasetRegistration.class);
      if (registration == null) {
        violate("", "expected an object {name, source}");
      }
      return registration;
    } catch (UnrecognizedPropertyException e) {
      violate(pointer(e), "unknown field; allowed are " + new ArrayList<>(e.getKnownPropertyIds()));
    } catch (JsonMappingException e) {
      violate(pointer(e), firstLine(e));
    } catch (JsonProcessingException e) {
      violate("", "not JSON: " + firstLine(e));
    } catch (IOException e) {
      violate("", "cannot be read: " + e.getMessage());
    }
    return null;
  }

  private static String firstLine(JsonProcessingException e) {
    String message = e.getOriginalMessage();
    return message == null ? "not valid" : message.split("\n", 2)[0];
  }

  private static String pointer(JsonMappingException e) {
    StringBuilder pointer = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      pointer
          .append('/')
          .append(step.getFieldName() == null ? step.getIndex() : step.getFieldName());
    }
    return pointer.toString();
  }

  private void violate(String pointer, String detail) {
    violations.add(new Violation(pointer, detail));
  }

  /** Absent fields are null in what Jackson makes, whatever the records declare. */
  private static boolean absent(@Nullable Object value) {
    return value == null;
  }

  private void check(DatasetRegistration registration) {
    if (absent(registration.name()) || !NAME.matcher(registration.name()).matches()) {
      violate(
          "/name",
          "expected lower-case letters, digits, '.', '_' and '-', at most 64 in all; the first a letter or digit");
    } else if (Catalog.find(registration.name()).filter(Catalog::isBuiltin).isPresent()) {
      violate("/name", "this name belongs to a built-in data set");
    }
    if (absent(registration.source())) {
      violate("/source", "expected {type, uri}");
    } else {
      check(registration.source());
    }
  }

  private void check(Source source) {
    if (absent(source.type()) || source.type() == SourceType.BUILTIN) {
      violate("/source/type", "expected idx, cifar or image-folder");
    }
    if (absent(source.uri())) {
      violate("/source/uri", "expected " + SourceUri.ALLOWED);
    } else {
      checkUri(source);
    }
    if (source.classFrom() != null && source.type() != SourceType.IMAGE_FOLDER) {
      violate("/source/classFrom", "is for image-folder alone");
    }
    checkDigests(source.sha256() == null ? Map.of() : source.sha256());
    if (source.classes() != null) {
      checkClasses(source.classes());
    }
  }

  private void checkUri(Source source) {
    try {
      SourceUri uri = SourceUri.parse(source.uri());
      if (uri instanceof SourceUri.Builtin) {
        violate("/source/uri", "expected " + SourceUri.ALLOWED);
      }
      boolean unsafe = source.uri().toLowerCase(Locale.ROOT).startsWith("http:");
      if (unsafe && (source.sha256() == null || source.sha256().isEmpty())) {
        violate("/source/sha256", "needed with http; without, use https");
      }
    } catch (URISyntaxException e) {
      violate("/source/uri", e.getReason());
    }
  }

  private void checkDigests(Map<String, String> digests) {
    digests.forEach(
        (file, digest) -> {
          if (digest == null || !Digests.isSha256(digest.toLowerCase(Locale.ROOT))) {
            violate(
                "/source/sha256/" + file.replace("~", "~0").replace("/", "~1"),
                "expected 64 hexadecimal digits");
          }
        });
  }

  private void checkClasses(List<String> classes) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < classes.size(); i++) {
      if (absent(classes.get(i)) || classes.get(i).isBlank()) {
        violate("/source/classes/" + i, "expected a name");
      } else if (!seen.add(classes.get(i))) {
        violate("/source/classes/" + i, "'%s' is there twice".formatted(classes.get(i)));
      }
    }
    if (classes.size() < 2) {
      violate("/source/classes", "expected at least two classes");
    }
  }
}
