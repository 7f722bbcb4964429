package io.tencrop.gateway.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The names that an ensemble may use.
 *
 * @param groups the runs of each group
 */
record Members(Map<String, List<String>> groups) {
  /** As far as the document tells. */
  static Members of(Place experiment) {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    for (Place group : experiment.at("runs").items()) {
      RunRules.groupName(group).ifPresent(name -> groups.put(name, runs(name, group.at("seeds"))));
    }
    return new Members(groups);
  }

  static List<String> runs(String group, Place seeds) {
    List<String> runs = new ArrayList<>();
    if (!seeds.isPresent()) {
      runs.add(Expansion.runName(group, 0));
    }
    for (Place seed : seeds.items()) {
      if (seed.node().canConvertToLong()) {
        runs.add(Expansion.runName(group, seed.node().longValue()));
      }
    }
    return runs;
  }

  List<String> runs() {
    return groups.values().stream().flatMap(List::stream).toList();
  }

  /** The runs that a name stands for; empty when it stands for none. */
  Optional<List<String>> resolve(String name) {
    List<String> group = groups.get(name);
    if (group != null) {
      return Optional.of(group);
    }
    return runs().contains(name) ? Optional.of(List.of(name)) : Optional.empty();
  }
}
