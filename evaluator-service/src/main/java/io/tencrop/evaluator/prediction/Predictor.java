package io.tencrop.evaluator.prediction;

import io.tencrop.contracts.api.ModelNames;
import io.tencrop.contracts.api.PredictionsView;
import io.tencrop.contracts.api.PredictionsView.ClassProbability;
import io.tencrop.contracts.api.PredictionsView.Prediction;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.spec.RunSpec;
import io.tencrop.contracts.spec.ViewSpec;
import io.tencrop.evaluator.ensemble.EnsembleComposer;
import io.tencrop.evaluator.inference.CropPass;
import io.tencrop.evaluator.inference.Networks;
import io.tencrop.evaluator.inference.ViewCrop;
import io.tencrop.evaluator.inference.Views;
import io.tencrop.evaluator.prediction.PredictionException.Reason;
import io.tencrop.evaluator.prediction.Stopwatch.On;
import io.tencrop.evaluator.results.Results;
import io.tencrop.evaluator.results.Temperatures;
import io.tencrop.messaging.PermanentFailureException;
import io.tencrop.vision.data.ImageSize;
import io.tencrop.vision.evaluation.InvalidLogitsException;
import io.tencrop.vision.evaluation.LogitBank;
import io.tencrop.vision.evaluation.Members;
import io.tencrop.vision.evaluation.Predictions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Lets networks answer for images that somebody sent. One thread at a time. */
final class Predictor {
  private final WarmNetworks networks;
  private final Results results;
  private final Temperatures temperatures;
  private final long maxPixels;

  /**
   * @param maxPixels of an image
   */
  Predictor(WarmNetworks networks, Results results, Temperatures temperatures, long maxPixels) {
    this.networks = networks;
    this.results = results;
    this.temperatures = temperatures;
    this.maxPixels = maxPixels;
  }

  /**
   * Answers.
   *
   * @param arrived the request, by {@link System#nanoTime}
   * @throws PredictionException when it cannot be answered as it was meant
   * @throws IOException when the object store or the database is away
   */
  PredictionsView predict(PredictionQuery query, List<EncodedImage> encoded, long arrived)
      throws IOException, PredictionException {
    Stopwatch watch = new Stopwatch(arrived);
    watch.spent(On.QUEUE);
    PredictionPlan plan = PredictionPlan.of(query, results);
    double[] shares = plan.shares();
    List<PredictionsView.Member> members = new ArrayList<>();
    List<Predictions> answers = new ArrayList<>();
    FreshImages images = null;
    TrainedModel first = null;
    for (int i = 0; i < plan.members().size(); i++) {
      PredictionPlan.Member member = plan.members().get(i);
      watch.spent(On.OTHER);
      try (WarmNetworks.Lease lease = networks.acquire(member.checkpointId())) {
        watch.spent(lease.warm() ? On.OTHER : On.LOAD);
        TrainedModel model = lease.model();
        if (images == null || first == null) {
          images = FreshImages.of(model, encoded, maxPixels);
          first = model;
          watch.spent(On.IMAGES);
        }
        requireSameData(first, model);
        Double temperature = temperature(query, model, plan.view());
        watch.spent(On.OTHER);
        answers.add(answer(model, lease.network(), images, plan.view(), temperature));
        watch.spent(On.NETWORK);
        members.add(view(member, model, shares[i], temperature, lease.warm()));
      } catch (PermanentFailureException e) {
        throw new PredictionException(Reason.UNABLE, e.failure().message(), e);
      }
    }
    if (images == null || first == null) {
      throw new IllegalStateException("an ensemble without members: " + query);
    }
    Predictions fused = fused(plan, Members.of(answers));
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < encoded.size(); i++) {
      predictions.add(
          prediction(
              encoded.get(i).name(),
              images.cameAs(i),
              fused,
              i,
              first.dataset().classes(),
              query.top()));
    }
    return new PredictionsView(
        plan.experimentId(),
        plan.ensemble(),
        plan.fusion(),
        plan.view(),
        query.calibrated(),
        members,
        predictions,
        watch.latency());
  }

  private @Nullable Double temperature(PredictionQuery query, TrainedModel model, ViewSpec view)
      throws IOException {
    return query.calibrated() ? temperatures.find(model.checkpointId(), view).orElse(null) : null;
  }

  private static void requireSameData(TrainedModel first, TrainedModel other)
      throws PredictionException {
    if (!first.dataset().id().equals(other.dataset().id())) {
      throw new PredictionException(
          Reason.UNABLE,
          "The members were trained on different prepared data sets, %s and %s."
              .formatted(first.dataset().id(), other.dataset().id()));
    }
  }

  private static Predictions answer(
      TrainedModel model,
      Networks.Answering network,
      FreshImages images,
      ViewSpec view,
      @Nullable Double temperature)
      throws PredictionException {
    RunSpec run = model.manifest().run();
    List<ViewCrop> crops = Views.crops(view, run.input(), model.dataset());
    float[] logits = CropPass.logits(network, images, 0, images.size(), crops);
    LogitBank bank =
        new LogitBank(
            crops.size(),
            logits.length / (images.size() * crops.size()),
            logits,
            new int[images.size()],
            images.ids());
    try {
      return temperature == null ? Predictions.of(bank) : Predictions.of(bank, temperature);
    } catch (InvalidLogitsException e) {
      throw new PredictionException(
          Reason.UNABLE,
          "The checkpoint %s cannot predict: %s. Its run has diverged; lower the learning rate."
              .formatted(model.checkpointId(), e.getMessage()),
          e);
    }
  }

  private static Predictions fused(PredictionPlan plan, Members members) {
    return plan.fusion() == null
        ? members.member(0)
        : EnsembleComposer.fuse(members, plan.picks(), plan.weights(), plan.fusion());
  }

  private static PredictionsView.Member view(
      PredictionPlan.Member member,
      TrainedModel model,
      double share,
      @Nullable Double temperature,
      boolean warm) {
    RunSpec run = model.manifest().run();
    CheckpointRef checkpoint = model.checkpoint();
    String name = member.name();
    return new PredictionsView.Member(
        name == null ? ModelNames.of(run.name(), checkpoint, true) : name,
        model.manifest().runId(),
        run.architecture().name(),
        checkpoint,
        share,
        temperature,
        warm);
  }

  private static Prediction prediction(
      String name, ImageSize size, Predictions fused, int image, List<String> classes, int top) {
    int predicted = fused.predicted(image);
    List<ClassProbability> probabilities =
        IntStream.range(0, fused.classes())
            .boxed()
            .sorted(
                Comparator.comparing((Integer label) -> label != predicted)
                    .thenComparing(label -> -fused.probability(image, label)))
            .limit(top)
            .map(
                label ->
                    new ClassProbability(
                        classes.get(label), label, fused.probability(image, label)))
            .toList();
    return new Prediction(name, size.height(), size.width(), classes.get(predicted), probabilities);
  }
}
