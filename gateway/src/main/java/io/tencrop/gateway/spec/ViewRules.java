package io.tencrop.gateway.spec;

import io.tencrop.contracts.api.Problem.Violation;
import io.tencrop.contracts.spec.ViewSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What must hold of views: known crops, each view once, and images large enough for them. */
final class ViewRules {
  private final List<Violation> violations = new ArrayList<>();

  private ViewRules() {}

  static List<Violation> check(Place experiment) {
    ViewRules rules = new ViewRules();
    Place preparation = experiment.at("preparation");
    Optional<Integer> crop = preparation.at("crop").integer();
    Optional<Integer> stored = StoredSize.of(preparation).map(StoredSize::side);
    Map<ViewSpec, String> seen = new HashMap<>();
    for (Place place : experiment.at("evaluation").at("views").items()) {
      Optional<ViewSpec> view = place.text().flatMap(text -> rules.view(place, text));
      view.flatMap(known -> known.objection(crop.orElse(null), stored.orElse(null)))
          .ifPresent(objection -> rules.add(place, objection));
      view.ifPresent(
          known -> {
            String text = place.text().orElseThrow();
            String other = seen.putIfAbsent(known, text);
            if (other != null && !other.equals(text)) {
              rules.add(place, "'%s' is the same view as '%s'".formatted(text, other));
            }
          });
    }
    return rules.violations;
  }

  private Optional<ViewSpec> view(Place place, String text) {
    boolean known = true;
    for (String term : text.split("\\+", -1)) {
      String word = term.split("@", 2)[0].strip();
      if (!ViewSpec.words().contains(word)) {
        String hint = Spelling.hint(word, ViewSpec.words());
        add(
            place,
            "there is no view '%s'%s Known: %s, joined by + and each with @ and a shorter side where wanted"
                .formatted(word, hint.isEmpty() ? "." : hint, String.join(", ", ViewSpec.words())));
        known = false;
      }
    }
    try {
      return known ? Optional.of(new ViewSpec(text)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      add(place, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private void add(Place place, String detail) {
    violations.add(new Violation(place.pointer(), detail));
  }
}
