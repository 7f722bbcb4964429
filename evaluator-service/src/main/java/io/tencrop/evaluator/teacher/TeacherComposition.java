package io.tencrop.evaluator.teacher;

import io.tencrop.contracts.Buckets;
import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.api.ExperimentResults;
import io.tencrop.contracts.api.ExperimentResults.Model;
import io.tencrop.contracts.data.CheckpointManifest;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.event.EvaluationRequest.ComposeTeacher;
import io.tencrop.contracts.spec.EnsembleSpec.Fusion;
import io.tencrop.contracts.spec.TeacherRef;
import io.tencrop.contracts.spec.ViewSpec;
import io.tencrop.evaluator.bank.TrainingLogits;
import io.tencrop.evaluator.checkpoint.CheckpointManifests;
import io.tencrop.evaluator.ensemble.EnsembleComposer;
import io.tencrop.evaluator.results.Results;
import io.tencrop.messaging.MessageFormatException;
import io.tencrop.messaging.PermanentFailureException;
import io.tencrop.storage.ObjectStore;
import io.tencrop.vision.data.SoftTargets;
import io.tencrop.vision.evaluation.InvalidLogitsException;
import io.tencrop.vision.evaluation.LogitBank;
import io.tencrop.vision.evaluation.Members;
import io.tencrop.vision.evaluation.MembersDisagreeException;
import io.tencrop.vision.evaluation.Predictions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what teachers answer over training images: each member's logits divided by the
 * temperature, then fused as the report says that the teacher is.
 */
public final class TeacherComposition {
  private final ObjectStore store;
  private final CheckpointManifests manifests;
  private final Results results;
  private final TrainingLogits logits;

  TeacherComposition(
      ObjectStore store, CheckpointManifests manifests, Results results, TrainingLogits logits) {
    this.store = store;
    this.manifests = manifests;
    this.results = results;
    this.logits = logits;
  }

  /**
   * Keeps the answers.
   *
   * @return the SHA-256 that they are kept under, see {@link Buckets#teacher}
   * @throws PermanentFailureException when the teacher cannot answer for this data
   * @throws InterruptedException when this replica stops; members that have answered are kept
   */
  public String compose(ComposeTeacher request) throws IOException, InterruptedException {
    TeacherRef ref = request.teacher();
    TeacherModels teacher = teacher(request);
    Map<String, List<LogitBank>> answers = new HashMap<>();
    for (String member : teacher.members()) {
      if (!answers.containsKey(member)) {
        answers.put(member, answers(ref, teacher, member, request.dataset()));
      }
    }
    SoftTargets targets = fused(ref, teacher, answers);
    return store
        .putByContent(
            Buckets.LOGITS,
            Buckets::teacher,
            out ->
                targets.write(
                    Map.of(
                        "dataset", request.dataset().id(),
                        "experiment", ref.experimentId().toString(),
                        "ensemble", ref.ensemble(),
                        "temperature", Double.toString(ref.temperature())),
                    out))
        .sha256();
  }

  private TeacherModels teacher(ComposeTeacher request) throws IOException {
    TeacherRef ref = request.teacher();
    ExperimentResults report =
        results
            .find(ref.experimentId())
            .filter(ExperimentResults::complete)
            .orElseThrow(() -> invalid(ref, "that experiment has no report", null));
    PreparedDataset known = report.dataset();
    if (known == null || !known.id().equals(request.dataset().id())) {
      throw invalid(
          ref,
          "it was trained on the prepared data %s, its students are on %s"
              .formatted(
                  known == null ? "of nobody knows what" : known.id(), request.dataset().id()),
          null);
    }
    TeacherModels teacher =
        TeacherModels.of(report, ref.ensemble(), ViewSpec.CENTER)
            .orElseThrow(() -> invalid(ref, "the report has no such ensemble or run", null));
    if (teacher.fusion() == Fusion.VOTE) {
      throw invalid(ref, "it votes, which says little about the other classes", null);
    }
    return teacher;
  }

  private List<LogitBank> answers(
      TeacherRef ref, TeacherModels teacher, String member, PreparedDataset dataset)
      throws IOException, InterruptedException {
    Model model =
        teacher
            .model(member)
            .orElseThrow(
                () -> invalid(ref, "the report has no model '%s'".formatted(member), null));
    String id = model.checkpoint().id();
    try {
      CheckpointManifest manifest = manifests.read(id);
      return logits.of(manifest.run(), manifest.weights().sha256(), dataset);
    } catch (MessageFormatException e) {
      throw invalid(ref, "the checkpoint %s cannot be read: %s".formatted(id, e.getMessage()), e);
    }
  }

  private static SoftTargets fused(
      TeacherRef ref, TeacherModels teacher, Map<String, List<LogitBank>> answers) {
    List<LogitBank> first = answers.values().iterator().next();
    int[] picks = new int[teacher.members().size()];
    Arrays.setAll(picks, i -> i);
    List<float[]> variants = new ArrayList<>();
    try {
      for (int variant = 0; variant < first.size(); variant++) {
        List<Predictions> softened = new ArrayList<>();
        for (String member : teacher.members()) {
          softened.add(
              Predictions.of(
                  answers.getOrDefault(member, List.of()).get(variant), ref.temperature()));
        }
        Predictions fused =
            EnsembleComposer.fuse(Members.of(softened), picks, teacher.weights(), teacher.fusion());
        variants.add(probabilities(fused));
      }
      return new SoftTargets(first.get(0).classes(), variants, first.get(0).ids());
    } catch (InvalidLogitsException | MembersDisagreeException | IllegalArgumentException e) {
      throw invalid(ref, String.valueOf(e.getMessage()), e);
    }
  }

  private static float[] probabilities(Predictions predictions) {
    float[] probabilities = new float[predictions.images() * predictions.classes()];
    for (int i = 0; i < predictions.images(); i++) {
      for (int c = 0; c < predictions.classes(); c++) {
        probabilities[i * predictions.classes() + c] = (float) predictions.probability(i, c);
      }
    }
    return probabilities;
  }

  private static PermanentFailureException invalid(
      TeacherRef ref, String why, @Nullable Exception cause) {
    return new PermanentFailureException(
        FailureCode.TEACHER_INVALID,
        "'%s' of experiment %s cannot be a teacher: %s. Choose another ensemble or run of a completed experiment."
            .formatted(ref.ensemble(), ref.experimentId(), why),
        cause);
  }
}
