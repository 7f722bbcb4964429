package io.tencrop.gateway.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tencrop.contracts.api.Problem.Violation;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Turns a YAML document into a JSON tree and remembers where each value stood. Anchors, aliases and
 * merge keys work, as long as what they stand for is not absurdly large.
 */
final class YamlTree {
  private static final int MAX_VALUES = 200_000;

  private final JsonNodeFactory json = JsonNodeFactory.instance;
  private final Map<String, String> positions = new HashMap<>();
  private final List<Violation> violations = new ArrayList<>();
  private int values;

  private YamlTree() {}

  static Document read(String text) throws InvalidSpecException {
    LoaderOptions options = new LoaderOptions();
    options.setNestingDepthLimit(DocumentReader.MAX_DEPTH);
    options.setCodePointLimit(Integer.MAX_VALUE);
    options.setMaxAliasesForCollections(1000);
    try {
      Node root = new Yaml(options).compose(new StringReader(text));
      if (root == null) {
        throw new InvalidSpecException(Pointers.ROOT, "the document is empty");
      }
      YamlTree tree = new YamlTree();
      JsonNode value = tree.convert(root, Pointers.ROOT, 0);
      return new Document(value, tree.positions, tree.violations);
    } catch (MarkedYAMLException e) {
      throw new InvalidSpecException(
          Pointers.ROOT, "malformed YAML at " + position(e.getProblemMark()) + ": " + describe(e));
    } catch (YAMLException e) {
      throw new InvalidSpecException(Pointers.ROOT, "malformed YAML: " + e.getMessage());
    }
  }

  private JsonNode convert(Node node, String pointer, int depth) throws InvalidSpecException {
    if (++values > MAX_VALUES || depth > DocumentReader.MAX_DEPTH) {
      throw new InvalidSpecException(
          pointer,
          "the document's aliases expand to more than %d values or %d levels; write it out"
              .formatted(MAX_VALUES, DocumentReader.MAX_DEPTH));
    }
    positions.put(pointer, position(node.getStartMark()));
    if (node instanceof MappingNode mapping) {
      return object(mapping, pointer, depth);
    }
    if (node instanceof SequenceNode sequence) {
      ArrayNode array = json.arrayNode();
      for (Node item : sequence.getValue()) {
        array.add(convert(item, Pointers.item(pointer, array.size()), depth + 1));
      }
      return array;
    }
    return scalar((ScalarNode) node);
  }

  private ObjectNode object(MappingNode mapping, String pointer, int depth)
      throws InvalidSpecException {
    ObjectNode object = json.objectNode();
    List<Node> merged = new ArrayList<>();
    for (NodeTuple member : mapping.getValue()) {
      if (!(member.getKeyNode() instanceof ScalarNode key)) {
        violations.add(
            new Violation(
                pointer,
                "the key at %s must be plain text"
                    .formatted(position(member.getKeyNode().getStartMark()))));
      } else if (key.getTag().equals(Tag.MERGE)) {
        merged.add(member.getValueNode());
      } else if (object.has(key.getValue())) {
        violations.add(
            new Violation(
                Pointers.field(pointer, key.getValue()),
                "is there a second time at %s; keep one".formatted(position(key.getStartMark()))));
      } else {
        String field = Pointers.field(pointer, key.getValue());
        object.set(key.getValue(), convert(member.getValueNode(), field, depth + 1));
      }
    }
    for (Node node : merged) {
      merge(object, node, pointer, depth);
    }
    return object;
  }

  private void merge(ObjectNode object, Node node, String pointer, int depth)
      throws InvalidSpecException {
    if (node instanceof SequenceNode several) {
      for (Node one : several.getValue()) {
        merge(object, one, pointer, depth + 1);
      }
    } else if (node instanceof MappingNode mapping) {
      JsonNode defaults = convert(mapping, pointer, depth + 1);
      defaults
          .properties()
          .forEach(member -> object.putIfAbsent(member.getKey(), member.getValue()));
    } else {
      violations.add(
          new Violation(
              pointer,
              "the merge key << at %s takes mappings only"
                  .formatted(position(node.getStartMark()))));
    }
  }

  private JsonNode scalar(ScalarNode node) {
    String text = node.getValue();
    Tag tag = node.getTag();
    if (tag.equals(Tag.NULL)) {
      return json.nullNode();
    }
    if (tag.equals(Tag.BOOL)) {
      return json.booleanNode(List.of("true", "yes", "on").contains(text.toLowerCase(Locale.ROOT)));
    }
    try {
      if (tag.equals(Tag.INT)) {
        return integer(text.replace("_", ""));
      }
      if (tag.equals(Tag.FLOAT)) {
        return json.numberNode(new BigDecimal(text.replace("_", "")));
      }
    } catch (NumberFormatException e) {
      // .inf, .nan and base 60 are numbers to YAML, but not to JSON.
      return json.textNode(text);
    }
    return json.textNode(text);
  }

  private JsonNode integer(String text) {
    String digits = text.startsWith("+") || text.startsWith("-") ? text.substring(1) : text;
    BigInteger value;
    if (digits.startsWith("0x")) {
      value = new BigInteger(digits.substring(2), 16);
    } else if (digits.startsWith("0b")) {
      value = new BigInteger(digits.substring(2), 2);
    } else if (digits.startsWith("0") && digits.length() > 1) {
      value = new BigInteger(digits.substring(1), 8);
    } else {
      value = new BigInteger(digits);
    }
    BigInteger signed = text.startsWith("-") ? value.negate() : value;
    if (signed.bitLength() < Integer.SIZE) {
      return json.numberNode(signed.intValue());
    }
    return signed.bitLength() < Long.SIZE
        ? json.numberNode(signed.longValue())
        : json.numberNode(signed);
  }

  private static String position(Mark mark) {
    return "line %d, column %d".formatted(mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static String describe(MarkedYAMLException e) {
    return e.getContext() == null ? e.getProblem() : e.getProblem() + " " + e.getContext();
  }
}
