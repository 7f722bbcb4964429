package io.tencrop.gateway.spec;

import com.fasterxml.jackson.databind.JsonNode;
import io.tencrop.contracts.api.ArchitectureView;
import io.tencrop.contracts.api.Problem.Violation;
import io.tencrop.contracts.spec.ArchitectureSpec;
import io.tencrop.contracts.spec.EnsembleSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What must hold of the run groups: networks that exist, names and seeds that tell runs apart. */
final class RunRules {
  static final int MAX_RUNS = 10_000;

  private final Place experiment;
  private final Networks networks;
  private final Map<String, ArchitectureView> known = new LinkedHashMap<>();
  private final List<Violation> violations = new ArrayList<>();

  private RunRules(Place experiment, Networks networks) {
    this.experiment = experiment;
    this.networks = networks;
    networks.all().forEach(architecture -> known.put(architecture.name(), architecture));
  }

  static List<Violation> check(Place experiment, Networks networks, KnownWeights weights) {
    InitialWeightsRules initialWeights = new InitialWeightsRules(networks, weights);
    RunRules rules = new RunRules(experiment, networks);
    List<Place> groups = experiment.at("runs").items();
    for (Place group : groups) {
      Optional<ArchitectureSpec> architecture = rules.architecture(group.at("architecture"));
      Optional<Freezing> freezing = architecture.flatMap(rules::freezing);
      initialWeights.check(group.at("initialWeights"), architecture.flatMap(rules::networkInput));
      rules.seeds(group.at("seeds"));
      rules.violations.addAll(TrainingRules.check(group, freezing));
      rules.violations.addAll(
          AugmentRules.check(group.at("augment"), PreparationRules.inputSide(experiment)));
    }
    rules.violations.addAll(initialWeights.violations());
    rules.names(groups);
    rules.total(groups);
    return rules.violations;
  }

  /** What the group's runs are called after, where that is to be seen. */
  static Optional<String> groupName(Place group) {
    return group.at("name").isPresent()
        ? group.at("name").text()
        : architectureName(group.at("architecture"));
  }

  private static Optional<String> architectureName(Place architecture) {
    return architecture.node().isObject() ? architecture.at("name").text() : architecture.text();
  }

  /** The architecture, when nothing is wrong with it. */
  private Optional<ArchitectureSpec> architecture(Place place) {
    Optional<String> name = architectureName(place);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    ArchitectureView architecture = known.get(name.get());
    if (architecture == null) {
      add(
          place.node().isObject() ? place.at("name") : place,
          "there is no architecture '%s'%s Known: %s"
              .formatted(
                  name.get(),
                  sentence(Spelling.hint(name.get(), known.keySet())),
                  String.join(", ", known.keySet())));
      return Optional.empty();
    }
    int before = violations.size();
    Map<String, Object> options = options(place, architecture);
    ArchitectureSpec spec = new ArchitectureSpec(name.get(), options);
    if (violations.size() == before) {
      input(place, spec);
    }
    return violations.size() == before ? Optional.of(spec) : Optional.empty();
  }

  private Map<String, Object> options(Place place, ArchitectureView architecture) {
    Map<String, Object> options = new HashMap<>();
    List<String> names =
        architecture.options().stream().map(ArchitectureView.Option::name).toList();
    for (Map.Entry<String, JsonNode> member : place.node().properties()) {
      String option = member.getKey();
      if (option.equals("name")) {
        continue;
      }
      Object value = value(member.getValue());
      if (!names.contains(option)) {
        add(
            place.at(option),
            "%s has no such option%s %s"
                .formatted(
                    architecture.name(),
                    sentence(Spelling.hint(option, names)),
                    names.isEmpty() ? "It has none" : "Allowed: " + String.join(", ", names)));
      } else {
        networks
            .objection(new ArchitectureSpec(architecture.name(), Map.of(option, value)))
            .ifPresent(objection -> add(place.at(option), objection));
        options.put(option, value);
      }
    }
    return options;
  }

  /** Empty when only the data shows what the network sees. */
  private Optional<Freezing> freezing(ArchitectureSpec architecture) {
    return side()
        .map(
            side ->
                new Freezing(
                    architecture.name(),
                    networks.parameters(
                        architecture, PreparationRules.channels(experiment), side, side)));
  }

  /** Empty when only the data shows what the network sees. */
  private Optional<InitialWeightsRules.Input> networkInput(ArchitectureSpec architecture) {
    return side()
        .map(
            side ->
                new InitialWeightsRules.Input(
                    architecture, PreparationRules.channels(experiment), side));
  }

  private Optional<Integer> side() {
    return PreparationRules.inputSide(experiment).filter(side -> side > 0);
  }

  private void input(Place place, ArchitectureSpec architecture) {
    side()
        .flatMap(
            side ->
                networks.objectionToInput(
                    architecture, PreparationRules.channels(experiment), side, side))
        .ifPresent(objection -> add(place, objection));
  }

  private static Object value(JsonNode node) {
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return node.canConvertToInt() ? (Object) node.intValue() : (Object) node.longValue();
    }
    if (node.isNumber()) {
      return node.doubleValue();
    }
    return node.isBoolean() ? (Object) node.booleanValue() : node.asText();
  }

  private void seeds(Place seeds) {
    Set<JsonNode> seen = new HashSet<>();
    for (Place seed : seeds.items()) {
      if (!seen.add(seed.node())) {
        add(seed, "the seed %s is there twice; each gives one run".formatted(seed.node().asText()));
      }
    }
  }

  private void names(List<Place> groups) {
    Map<String, Place> first = new HashMap<>();
    for (Place group : groups) {
      groupName(group).ifPresent(name -> name(group, name, first));
    }
    Set<String> runs = new HashSet<>(Members.of(experiment).runs());
    for (Place group : groups) {
      groupName(group)
          .filter(runs::contains)
          .ifPresent(
              name ->
                  add(
                      group.at("name"),
                      "'%s' is also the name of a run, <group>-s<seed>; choose another"
                          .formatted(name)));
    }
  }

  private void name(Place group, String name, Map<String, Place> first) {
    if (name.equals(EnsembleSpec.ALL)) {
      add(group.at("name"), "'all' stands for every run; choose another name");
    }
    Place other = first.putIfAbsent(name, group);
    if (other != null) {
      add(
          group.at("name").isPresent() ? group.at("name") : group,
          group.at("name").isPresent()
              ? "'%s' is also the name of the group at %s; choose another"
                  .formatted(name, other.pointer())
              : "is called '%s' after its architecture, as the group at %s is; give it a name of its own"
                  .formatted(name, other.pointer()));
    }
  }

  private void total(List<Place> groups) {
    int runs =
        groups.stream().mapToInt(group -> Math.max(1, group.at("seeds").node().size())).sum();
    if (runs > MAX_RUNS) {
      add(experiment.at("runs"), "%d runs in all; must be at most %d".formatted(runs, MAX_RUNS));
    }
  }

  private static String sentence(String hint) {
    return hint.isEmpty() ? "." : hint;
  }

  private void add(Place place, String detail) {
    violations.add(new Violation(place.pointer(), detail));
  }
}
