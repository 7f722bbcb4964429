package io.tencrop.gateway.spec;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.List;
import java.util.Map;

/** Reads JSON or YAML, strictly: one document, no key twice, nothing after it. */
final class DocumentReader {
  static final int MAX_DEPTH = 50;

  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private DocumentReader() {}

  static Document read(byte[] bytes, SpecFormat format) throws InvalidSpecException {
    String text = decode(bytes);
    Document document = format == SpecFormat.JSON ? json(text) : YamlTree.read(text);
    dropNulls(document.root());
    return document;
  }

  private static String decode(byte[] bytes) throws InvalidSpecException {
    try {
      String text =
          UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new InvalidSpecException(Pointers.ROOT, "the document is not UTF-8 text");
    }
  }

  private static Document json(String text) throws InvalidSpecException {
    try {
      JsonNode root = JSON.readTree(text);
      if (root.isMissingNode()) {
        throw new InvalidSpecException(Pointers.ROOT, "the document is empty");
      }
      return new Document(root, Map.of(), List.of());
    } catch (JsonProcessingException e) {
      JsonLocation location = e.getLocation();
      throw new InvalidSpecException(
          Pointers.ROOT,
          "malformed JSON at line %d, column %d: %s"
              .formatted(location.getLineNr(), location.getColumnNr(), e.getOriginalMessage()));
    }
  }

  private static void dropNulls(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.properties().removeIf(member -> member.getValue().isNull());
    }
    node.forEach(DocumentReader::dropNulls);
  }
}
