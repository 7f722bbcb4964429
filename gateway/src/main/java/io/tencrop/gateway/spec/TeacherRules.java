package io.tencrop.gateway.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tencrop.contracts.api.ExperimentResults;
import io.tencrop.contracts.api.Problem.Violation;
import io.tencrop.contracts.api.State;
import io.tencrop.contracts.spec.EnsembleSpec.Fusion;
import io.tencrop.contracts.spec.ExperimentSpec;
import io.tencrop.contracts.spec.PreparationSpec;
import io.tencrop.contracts.spec.RunGroupSpec;
import io.tencrop.contracts.spec.TeacherSpec;
import io.tencrop.contracts.spec.TrainingSpec;
import io.tencrop.gateway.spec.KnownTeachers.Teacher;
import io.tencrop.messaging.MessageCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What must hold of teachers: their experiment is completed, has them, and was trained on the same
 * images and no others.
 */
final class TeacherRules {
  private static final int SHOWN = 20;

  private final KnownTeachers known;
  private final ObjectMapper mapper = MessageCodec.newMapper();
  private final Map<String, Optional<Teacher>> found = new HashMap<>();
  private final List<Violation> violations = new ArrayList<>();

  TeacherRules(KnownTeachers known) {
    this.known = known;
  }

  /**
   * All that is wrong.
   *
   * @throws UncheckedIOException when teachers cannot be looked up now
   */
  List<Violation> check(Place experiment) {
    for (Place group : experiment.at("runs").items()) {
      Place teacher = group.at("teacher");
      teacher
          .at("experiment")
          .text()
          .ifPresent(
              name -> {
                Optional<Teacher> named = found.computeIfAbsent(name, this::find);
                if (named.isEmpty()) {
                  add(
                      teacher.at("experiment"),
                      "there is no experiment '%s'. GET /api/v1/experiments lists them"
                          .formatted(name));
                } else {
                  check(experiment, teacher, name, named.get());
                }
              });
    }
    return violations;
  }

  private void check(Place experiment, Place place, String name, Teacher teacher) {
    ExperimentResults results = teacher.results();
    if (teacher.state() != State.COMPLETED || results == null || !results.complete()) {
      add(
          place.at("experiment"),
          "experiment '%s' (%s) is %s; a teacher's must be completed"
              .formatted(name, teacher.id(), teacher.state()));
      return;
    }
    data(experiment, place.at("experiment"), teacher);
    place
        .at("ensemble")
        .text()
        .ifPresent(wanted -> ensemble(place.at("ensemble"), wanted, results));
  }

  private void data(Place experiment, Place place, Teacher teacher) {
    Optional<String> dataset = experiment.at("dataset").text();
    if (dataset.isPresent() && !dataset.get().equals(teacher.spec().dataset())) {
      add(
          place,
          "was trained on the data set '%s'; a teacher must know this experiment's, '%s'"
              .formatted(teacher.spec().dataset(), dataset.get()));
    } else if (preparation(experiment.at("preparation"))
        .filter(own -> !own.shards().equals(teacher.spec().preparation().shards()))
        .isPresent()) {
      add(
          place,
          "its images are stored otherwise; preparation's resize, centerCrop, channels, split and augment must be the same, so that a teacher knows the same training images and no others");
    }
  }

  /** Empty when there is something wrong with it, which others tell. */
  private Optional<PreparationSpec> preparation(Place place) {
    try {
      return Optional.of(
          mapper.treeToValue(
              place.isPresent() ? place.node() : mapper.createObjectNode(), PreparationSpec.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private void ensemble(Place place, String wanted, ExperimentResults results) {
    Set<String> names = new LinkedHashSet<>();
    results.ensembles().forEach(ensemble -> names.add(ensemble.name()));
    results.models().forEach(model -> names.add(model.name()));
    if (!names.contains(wanted)) {
      String hint = Spelling.hint(wanted, names);
      add(
          place,
          "its report has no ensemble or run '%s'%s Known: %s%s"
              .formatted(
                  wanted,
                  hint.isEmpty() ? "." : hint,
                  String.join(", ", names.stream().limit(SHOWN).toList()),
                  names.size() > SHOWN ? ", ..." : ""));
    } else if (votes(wanted, results)) {
      add(
          place,
          "the ensemble '%s' votes, which says little about the other classes; name one with the fusion mean"
              .formatted(wanted));
    }
  }

  private static boolean votes(String name, ExperimentResults results) {
    return results.ensembles().stream()
        .filter(ensemble -> ensemble.name().equals(name))
        .findFirst()
        .filter(ensemble -> ensemble.fusion() == Fusion.VOTE)
        .isPresent();
  }

  /** The spec without fault, with the ids of the experiments in place of their names. */
  ExperimentSpec resolved(ExperimentSpec spec) {
    return new ExperimentSpec(
        spec.name(),
        spec.dataset(),
        spec.preparation(),
        spec.runs().stream().map(this::resolved).toList(),
        spec.evaluation(),
        spec.labels());
  }

  private RunGroupSpec resolved(RunGroupSpec group) {
    TrainingSpec training = group.training();
    TeacherSpec teacher = training.teacher();
    if (teacher == null) {
      return group;
    }
    Teacher named = found.getOrDefault(teacher.experiment(), Optional.empty()).orElseThrow();
    return new RunGroupSpec(
        group.name(),
        group.architecture(),
        group.seeds(),
        training.withTeacher(teacher.withExperiment(named.id())));
  }

  private Optional<Teacher> find(String idOrName) {
    try {
      return known.find(idOrName);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private void add(Place place, String detail) {
    violations.add(new Violation(place.pointer(), detail));
  }
}
