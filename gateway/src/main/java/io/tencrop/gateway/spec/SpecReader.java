package io.tencrop.gateway.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tencrop.contracts.api.Problem.Violation;
import io.tencrop.contracts.spec.ExperimentSpec;
import io.tencrop.messaging.MessageCodec;
import java.util.ArrayList;
import java.util.List;

/** Reads experiments. */
public final class SpecReader {
  private static final int MAX_VIOLATIONS = 100;

  private final Shape shape;
  private final Networks networks;
  private final KnownWeights weights;
  private final KnownTeachers teachers;
  private final ObjectMapper mapper = MessageCodec.newMapper();

  public SpecReader(Shape shape, Networks networks, KnownWeights weights, KnownTeachers teachers) {
    this.shape = shape;
    this.networks = networks;
    this.weights = weights;
    this.teachers = teachers;
  }

  /**
   * The experiment that the document describes, with the ids of experiments that it names.
   *
   * @throws InvalidSpecException when it does not describe one, with everything that is wrong
   * @throws java.io.UncheckedIOException when it names weights or teachers that cannot be looked up
   *     now
   */
  public ExperimentSpec read(byte[] bytes, SpecFormat format) throws InvalidSpecException {
    Document document = DocumentReader.read(bytes, format);
    List<Violation> violations = new ArrayList<>(document.violations());
    violations.addAll(shape.violations(document.root()));
    Place experiment = new Place(document.root(), Pointers.ROOT);
    violations.addAll(PreparationRules.check(experiment));
    violations.addAll(ViewRules.check(experiment));
    violations.addAll(RunRules.check(experiment, networks, weights));
    violations.addAll(EnsembleRules.check(experiment));
    TeacherRules teacherRules = new TeacherRules(teachers);
    violations.addAll(teacherRules.check(experiment));
    if (!violations.isEmpty()) {
      throw new InvalidSpecException(
          violations.stream().distinct().map(document::placed).limit(MAX_VIOLATIONS).toList());
    }
    try {
      return teacherRules.resolved(mapper.treeToValue(document.root(), ExperimentSpec.class));
    } catch (JsonProcessingException e) {
      throw new InvalidSpecException(Pointers.ROOT, e.getOriginalMessage());
    }
  }
}
