package io.tencrop.evaluator.results;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.api.ExperimentResults;
import io.tencrop.contracts.api.ExperimentResults.Model;
import io.tencrop.contracts.api.Measures;
import io.tencrop.contracts.api.ModelNames;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.event.EvaluationRequest.ComposeReport;
import io.tencrop.contracts.spec.ViewSpec;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.messaging.MessageFormatException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Query;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Results in PostgreSQL. Several replicas may write the same at once. */
@ApplicationScoped
class PanacheResults implements Results, SharedWeights {
  private static final String UPSERT_MODEL =
      """
      insert into {h-schema}model_result
        (experiment_id, checkpoint_id, split, view, run_id, run_name, run_group, architecture,
         seed, step, epoch, weights_sha256, averaged_epochs, accuracy, loss, measures,
         updated_at)
      values
        (:experimentId, :checkpointId, :split, :view, :runId, :runName, :runGroup, :architecture,
         :seed, :step, :epoch, :weightsSha256, cast(:averagedEpochs as integer), :accuracy, :loss,
         cast(:measures as jsonb), now())
      on conflict (experiment_id, checkpoint_id, split, view) do update set
        accuracy = excluded.accuracy, loss = excluded.loss, measures = excluded.measures,
        updated_at = excluded.updated_at
      """;

  private static final String ENSURE_EXPERIMENT =
      """
      insert into {h-schema}experiment (id, dataset, updated_at)
      values (:id, cast(:dataset as jsonb), now())
      on conflict (id) do nothing
      """;

  private static final String UPSERT_REPORT =
      """
      insert into {h-schema}experiment (id, dataset, report, request, updated_at)
      values (:id, cast(:dataset as jsonb), cast(:report as jsonb), cast(:request as jsonb), now())
      on conflict (id) do update set report = excluded.report, request = excluded.request,
        updated_at = excluded.updated_at
      """;

  private final ModelResults models;
  private final Experiments experiments;
  private final MessageCodec codec;

  PanacheResults(ModelResults models, Experiments experiments, MessageCodec codec) {
    this.models = models;
    this.experiments = experiments;
    this.codec = codec;
  }

  /** Reads {@link ModelResult}. */
  @ApplicationScoped
  static class ModelResults implements PanacheRepositoryBase<ModelResult, ModelResult.Key> {}

  /** Reads {@link ExperimentRecord}. */
  @ApplicationScoped
  static class Experiments implements PanacheRepositoryBase<ExperimentRecord, UUID> {}

  @Override
  public void saveModels(UUID experimentId, PreparedDataset dataset, List<Model> results)
      throws IOException {
    Transactions.call(
        () -> {
          experiments
              .getEntityManager()
              .createNativeQuery(ENSURE_EXPERIMENT)
              .setParameter("id", experimentId)
              .setParameter("dataset", json(dataset))
              .executeUpdate();
          for (Model result : results) {
            upsert(experimentId, result);
          }
          return results.size();
        });
  }

  private void upsert(UUID experimentId, Model result) {
    CheckpointRef checkpoint = result.checkpoint();
    Measures measures = result.measures();
    Query query = models.getEntityManager().createNativeQuery(UPSERT_MODEL);
    query.setParameter("experimentId", experimentId);
    query.setParameter("checkpointId", checkpoint.id());
    query.setParameter("split", result.split().label());
    query.setParameter("view", result.view().label());
    query.setParameter("runId", result.runId());
    query.setParameter("runName", result.run());
    query.setParameter("runGroup", result.group());
    query.setParameter("architecture", result.architecture());
    query.setParameter("seed", result.seed());
    query.setParameter("step", checkpoint.step());
    query.setParameter("epoch", checkpoint.epoch());
    query.setParameter("weightsSha256", checkpoint.weightsSha256());
    query.setParameter("averagedEpochs", checkpoint.averagedEpochs());
    query.setParameter("accuracy", measures.accuracy());
    query.setParameter("loss", measures.loss());
    query.setParameter("measures", json(measures));
    query.executeUpdate();
  }

  @Override
  public List<Model> models(UUID experimentId) throws IOException {
    return Transactions.call(() -> readModels(experimentId));
  }

  private List<Model> readModels(UUID experimentId) throws MessageFormatException {
    List<Model> found = new ArrayList<>();
    for (ModelResult result :
        models.list(
            "experimentId = ?1 order by runName, step, averagedEpochs nulls first, checkpointId, split desc, view",
            experimentId)) {
      CheckpointRef checkpoint =
          new CheckpointRef(
              result.checkpointId,
              result.step,
              result.epoch,
              result.weightsSha256,
              result.averagedEpochs);
      found.add(
          new Model(
              result.runId,
              result.runName,
              result.runGroup,
              result.architecture,
              result.seed,
              checkpoint,
              false,
              named(SplitName.values(), SplitName::label, result.split),
              new ViewSpec(result.view),
              codec.decode(result.measures.getBytes(UTF_8), Measures.class),
              ModelNames.of(result.runName, checkpoint, false)));
    }
    return found;
  }

  @Override
  public Set<String> ofOtherExperiments(UUID experimentId, Set<String> weights) throws IOException {
    if (weights.isEmpty()) {
      return Set.of();
    }
    return Transactions.call(
        () ->
            models
                .find("experimentId <> ?1 and weightsSha256 in ?2", experimentId, weights)
                .stream()
                .map(result -> result.weightsSha256)
                .collect(Collectors.toUnmodifiableSet()));
  }

  @Override
  public void saveReport(ComposeReport request, ExperimentResults report) throws IOException {
    Transactions.call(
        () ->
            experiments
                .getEntityManager()
                .createNativeQuery(UPSERT_REPORT)
                .setParameter("id", report.experimentId())
                .setParameter("dataset", json(report.dataset()))
                .setParameter("report", json(report))
                .setParameter("request", json(request))
                .executeUpdate());
  }

  @Override
  public Optional<ComposeReport> request(UUID experimentId) throws IOException {
    return Transactions.call(
        () -> {
          String request =
              experiments.findByIdOptional(experimentId).map(found -> found.request).orElse(null);
          return request == null
              ? Optional.empty()
              : Optional.of(codec.decode(request.getBytes(UTF_8), ComposeReport.class));
        });
  }

  @Override
  public Optional<ExperimentResults> find(UUID experimentId) throws IOException {
    return Transactions.call(
        () -> {
          Optional<ExperimentRecord> experiment = experiments.findByIdOptional(experimentId);
          if (experiment.isEmpty()) {
            return Optional.empty();
          }
          String report = experiment.get().report;
          return Optional.of(
              report == null
                  ? unfinished(experiment.get())
                  : codec.decode(report.getBytes(UTF_8), ExperimentResults.class));
        });
  }

  private ExperimentResults unfinished(ExperimentRecord experiment) throws MessageFormatException {
    return new ExperimentResults(
        experiment.id,
        null,
        null,
        codec.decode(experiment.dataset.getBytes(UTF_8), PreparedDataset.class),
        false,
        withNewestOfEachRun(readModels(experiment.id)),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  /** Until the report says which checkpoint stands for its run, the newest does. */
  private static List<Model> withNewestOfEachRun(List<Model> models) {
    Map<UUID, Long> newest = new HashMap<>();
    models.forEach(model -> newest.merge(model.runId(), model.checkpoint().step(), Math::max));
    return models.stream()
        .map(
            model ->
                model.withRepresentative(
                    model.checkpoint().averagedEpochs() == null
                        && model.checkpoint().step() == newest.getOrDefault(model.runId(), -1L)))
        .toList();
  }

  private String json(@Nullable Object value) {
    return value == null ? "null" : new String(codec.encode(value), UTF_8);
  }

  private static <T> T named(T[] values, Function<T, String> label, String name) {
    return Stream.of(values)
        .filter(value -> label.apply(value).equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the database has an unknown '" + name + "'"));
  }
}
