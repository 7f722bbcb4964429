package io.tencrop.gateway.state;

import io.tencrop.contracts.api.RunGradients.EpochNorms;
import io.tencrop.contracts.data.EpochMetrics;
import io.tencrop.contracts.data.MetricPoint;
import io.tencrop.contracts.data.ParameterNorm;
import io.tencrop.contracts.event.TrainingProgress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** The curves of runs, keyed (run, step), and what their trainers reported last. */
@ApplicationScoped
public class Curves {
  private static final JsonColumns.Norms NORMS = new JsonColumns.Norms();

  private final Session entities;

  public Curves(Session entities) {
    this.entities = entities;
  }

  /** Write points; a point that is there already is written over. */
  public void savePoints(UUID runId, List<MetricPoint> points) {
    if (points.isEmpty()) {
      return;
    }
    entities
        .createNativeMutationQuery(
            """
            insert into metric_points (run_id, step, epoch, loss, accuracy)
            select :run, * from unnest(cast(:steps as bigint[]), cast(:epochs as float8[]),
                                       cast(:losses as float8[]), cast(:accuracies as float8[]))
            on conflict (run_id, step) do update
              set epoch = excluded.epoch, loss = excluded.loss, accuracy = excluded.accuracy""")
        .setParameter("run", runId)
        .setParameter("steps", points.stream().map(MetricPoint::step).toArray(Long[]::new))
        .setParameter("epochs", points.stream().map(MetricPoint::epoch).toArray(Double[]::new))
        .setParameter("losses", points.stream().map(MetricPoint::loss).toArray(Double[]::new))
        .setParameter(
            "accuracies", points.stream().map(MetricPoint::accuracy).toArray(Double[]::new))
        .executeUpdate();
    catchUp(runId, points.get(points.size() - 1));
  }

  /** The last report of a segment comes up to a second before its end; the curve knows more. */
  private void catchUp(UUID runId, MetricPoint newest) {
    entities
        .createNativeMutationQuery(
            """
            update run_progress set step = :step, epoch = :epoch, loss = :loss, accuracy = :accuracy
            where run_id = :run and step < :step""")
        .setParameter("run", runId)
        .setParameter("step", newest.step())
        .setParameter("epoch", newest.epoch())
        .setParameter("loss", newest.loss())
        .setParameter("accuracy", newest.accuracy())
        .executeUpdate();
  }

  /** Write an epoch; one that is there already is written over. */
  public void saveEpoch(UUID runId, EpochMetrics epoch) {
    entities
        .createNativeMutationQuery(
            """
            insert into epochs (run_id, step, epoch, train_loss, train_accuracy, validation_loss,
                                validation_accuracy)
            values (:run, :step, :epoch, :trainLoss, :trainAccuracy, :validationLoss,
                    :validationAccuracy)
            on conflict (run_id, step) do update
              set epoch = excluded.epoch, train_loss = excluded.train_loss,
                  train_accuracy = excluded.train_accuracy,
                  validation_loss = excluded.validation_loss,
                  validation_accuracy = excluded.validation_accuracy""")
        .setParameter("run", runId)
        .setParameter("step", epoch.step())
        .setParameter("epoch", epoch.epoch())
        .setParameter("trainLoss", epoch.trainLoss())
        .setParameter("trainAccuracy", epoch.trainAccuracy())
        .setParameter("validationLoss", epoch.validationLoss())
        .setParameter("validationAccuracy", epoch.validationAccuracy())
        .executeUpdate();
    List<ParameterNorm> norms = epoch.norms();
    if (norms != null) {
      saveNorms(runId, new EpochNorms(epoch.epoch(), epoch.step(), norms));
    }
  }

  private void saveNorms(UUID runId, EpochNorms norms) {
    entities
        .createNativeMutationQuery(
            """
            insert into epoch_norms (run_id, step, norms) values (:run, :step, :norms)
            on conflict (run_id, step) do update set norms = excluded.norms""")
        .setParameter("run", runId)
        .setParameter("step", norms.step())
        .setParameter("norms", NORMS.convertToDatabaseColumn(norms))
        .executeUpdate();
  }

  /** The norms in the step that ended an epoch; null when they are not known. */
  public @Nullable List<ParameterNorm> norms(UUID runId, long step) {
    return norms(runId).stream()
        .filter(epoch -> epoch.step() == step)
        .map(EpochNorms::norms)
        .findFirst()
        .orElse(null);
  }

  /** The norms of a run's parameters and gradients, by step. */
  public List<EpochNorms> norms(UUID runId) {
    return entities
        .createNativeQuery(
            "select norms from epoch_norms where run_id = :run order by step", String.class)
        .setParameter("run", runId)
        .getResultList()
        .stream()
        .map(json -> Objects.requireNonNull(NORMS.convertToEntityAttribute(json)))
        .toList();
  }

  /** A run's points, by step. */
  public List<MetricPoint> points(UUID runId) {
    return entities
        .createNativeQuery(
            "select step, epoch, loss, accuracy from metric_points where run_id = :run order by step",
            Tuple.class)
        .setParameter("run", runId)
        .getResultList()
        .stream()
        .map(Curves::point)
        .toList();
  }

  /** A run's epochs, by step. */
  public List<EpochMetrics> epochs(UUID runId) {
    return rows(
            "select e.* from epochs e where e.run_id in (:runs) order by e.step", List.of(runId))
        .stream()
        .map(Curves::epoch)
        .toList();
  }

  /** The newest epoch of each run that has one. */
  public Map<UUID, EpochMetrics> lastEpochs(Collection<UUID> runIds) {
    Map<UUID, EpochMetrics> last = new HashMap<>();
    rows(
            "select distinct on (e.run_id) e.* from epochs e where e.run_id in (:runs) order by e.run_id, e.step desc",
            runIds)
        .forEach(row -> last.put(row.get("run_id", UUID.class), epoch(row)));
    return last;
  }

  /**
   * Take note of a report of a run that goes on. One from before the run's head is left out: it is
   * from a segment that lost to another.
   *
   * @return whether it was taken
   */
  public boolean progress(TrainingProgress report, Instant now) {
    return entities
            .createNativeMutationQuery(
                """
                insert into run_progress (run_id, step, epoch, loss, accuracy, images_per_second,
                                          trainer, updated_at)
                select r.id, :step, :epoch, :loss, :accuracy, :rate, :trainer, :now
                from runs r
                where r.id = :run and r.state = 'RUNNING' and r.head_step < :step
                on conflict (run_id) do update
                  set step = excluded.step, epoch = excluded.epoch, loss = excluded.loss,
                      accuracy = excluded.accuracy,
                      images_per_second = excluded.images_per_second,
                      trainer = excluded.trainer, updated_at = excluded.updated_at""")
            .setParameter("run", report.runId())
            .setParameter("step", report.point().step())
            .setParameter("epoch", report.point().epoch())
            .setParameter("loss", report.point().loss())
            .setParameter("accuracy", report.point().accuracy())
            .setParameter("rate", report.imagesPerSecond())
            .setParameter("trainer", report.trainer())
            .setParameter("now", now)
            .executeUpdate()
        == 1;
  }

  /** What the trainer of each run reported last. */
  public Map<UUID, RunProgress> progress(Collection<UUID> runIds) {
    Map<UUID, RunProgress> reports = new HashMap<>();
    rows("select p.* from run_progress p where p.run_id in (:runs)", runIds)
        .forEach(row -> reports.put(row.get("run_id", UUID.class), report(row)));
    return reports;
  }

  /**
   * A report of a run that goes on.
   *
   * @param totalSteps of the whole run
   */
  public record Report(RunProgress progress, long totalSteps) {}

  /** The reports of an experiment's running runs that were made after {@code since}, in order. */
  public List<Report> reportsSince(UUID experimentId, Instant since) {
    return entities
        .createNativeQuery(
            """
            select p.*, r.total_steps
            from run_progress p join runs r on r.id = p.run_id
            where r.experiment_id = :experiment and r.state = 'RUNNING' and p.updated_at > :since
            order by p.updated_at""",
            Tuple.class)
        .setParameter("experiment", experimentId)
        .setParameter("since", since)
        .getResultList()
        .stream()
        .map(row -> new Report(report(row), row.get("total_steps", Long.class)))
        .toList();
  }

  private static RunProgress report(Tuple row) {
    return new RunProgress(
        row.get("run_id", UUID.class),
        point(row),
        row.get("images_per_second", Double.class),
        row.get("trainer", String.class),
        row.get("updated_at", Instant.class));
  }

  private List<Tuple> rows(String sql, Collection<UUID> runIds) {
    return runIds.isEmpty()
        ? List.of()
        : entities.createNativeQuery(sql, Tuple.class).setParameter("runs", runIds).getResultList();
  }

  private static MetricPoint point(Tuple row) {
    return new MetricPoint(
        row.get("step", Long.class),
        row.get("epoch", Double.class),
        row.get("loss", Double.class),
        row.get("accuracy", Double.class));
  }

  private static EpochMetrics epoch(Tuple row) {
    return new EpochMetrics(
        row.get("epoch", Integer.class),
        row.get("step", Long.class),
        row.get("train_loss", Double.class),
        row.get("train_accuracy", Double.class),
        row.get("validation_loss", Double.class),
        row.get("validation_accuracy", Double.class),
        null);
  }
}
