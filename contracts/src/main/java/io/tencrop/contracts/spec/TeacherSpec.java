package io.tencrop.contracts.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Knowledge distillation (Hinton, Vinyals and Dean 2015): the run learns from what models of
 * another experiment answer, {@code (1 - weight) * loss(labels) + weight * temperature^2 *
 * KL(teacher || student)}, where both answers are softened by the temperature.
 *
 * @param experiment id of a completed experiment over the same prepared data; in a file also its
 *     name, which stands for the newest completed one
 * @param ensemble the name of one of its ensembles, or of a run
 * @param temperature what logits are divided by, above 0
 * @param weight the teacher's share of the loss, in (0, 1]
 * @param answers SHA-256 of the teacher's answers at {@code Buckets.teacher(answers)}; absent until
 *     they are composed
 */
public record TeacherSpec(
    String experiment,
    String ensemble,
    double temperature,
    double weight,
    @Nullable String answers) {

  /** With the defaults for what is absent. */
  @JsonCreator
  public static TeacherSpec of(
      @JsonProperty("experiment") String experiment,
      @JsonProperty("ensemble") String ensemble,
      @JsonProperty("temperature") @Nullable Double temperature,
      @JsonProperty("weight") @Nullable Double weight,
      @JsonProperty("answers") @Nullable String answers) {
    return new TeacherSpec(
        experiment,
        ensemble,
        temperature == null ? 4 : temperature,
        weight == null ? 0.9 : weight,
        answers);
  }

  /** The same, with the experiment's id. */
  public TeacherSpec withExperiment(UUID id) {
    return new TeacherSpec(id.toString(), ensemble, temperature, weight, answers);
  }

  /** The same, with the answers that were composed. */
  public TeacherSpec withAnswers(String sha256) {
    return new TeacherSpec(experiment, ensemble, temperature, weight, sha256);
  }

  /**
   * What the answers are made of.
   *
   * @throws IllegalArgumentException while the experiment is a name
   */
  public TeacherRef ref() {
    return new TeacherRef(UUID.fromString(experiment), ensemble, temperature);
  }
}
