package io.tencrop.dataset.preparation;

import io.tencrop.contracts.Failure;
import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.api.DatasetRegistration.Source;
import io.tencrop.contracts.data.RejectedImages;
import io.tencrop.contracts.event.DatasetEvent.DatasetFailed;
import io.tencrop.contracts.event.DatasetRequest;
import io.tencrop.contracts.event.PrepareShard;
import io.tencrop.dataset.preparation.Preparations.Enrolment;
import io.tencrop.dataset.preparation.Preparations.Order;
import io.tencrop.dataset.preparation.Preparations.Waiter;
import io.tencrop.dataset.source.SourceSnapshot;
import io.tencrop.dataset.source.Sources;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.messaging.Owner;
import io.tencrop.messaging.PermanentFailureException;
import io.tencrop.messaging.WorkHandler;
import io.tencrop.storage.ObjectStore;
import java.io.IOException;
import java.util.Optional;

/**
 * Takes a request: answers it when the data is prepared already, hands out its shards otherwise.
 */
public final class RequestHandler implements WorkHandler<DatasetRequest> {
  private final SourceLookup datasets;
  private final Sources sources;
  private final Preparations preparations;
  private final Manifests manifests;
  private final Publisher publisher;
  private final Answers answers;
  private final MessageCodec codec;

  public RequestHandler(
      SourceLookup datasets,
      Sources sources,
      Preparations preparations,
      ObjectStore store,
      Publisher publisher,
      MessageCodec codec) {
    this.datasets = datasets;
    this.sources = sources;
    this.preparations = preparations;
    this.manifests = new Manifests(store, codec);
    this.publisher = publisher;
    this.answers = new Answers(preparations, manifests, publisher);
    this.codec = codec;
  }

  @Override
  public void handle(DatasetRequest request) throws IOException, InterruptedException {
    if (request instanceof DatasetRequest.PrepareDataset prepare) {
      prepare(prepare);
    }
  }

  private void prepare(DatasetRequest.PrepareDataset request)
      throws IOException, InterruptedException {
    Sources.Taken taken = sources.snapshot(source(request.dataset()));
    datasets.read(request.dataset(), taken.snapshot().digest());
    checkRejected(taken.snapshot(), request.maxRejectedShare());
    Plan plan = Plan.of(taken.snapshot(), request.preparation(), codec);
    Order order = new Order(request.dataset(), taken.sha256(), request.preparation());
    if (answeredFromStore(request, plan)) {
      return;
    }
    Enrolment enrolment = preparations.enrol(plan, order, waiter(request));
    if (enrolment.state() == Preparations.State.COMPLETE) {
      // Completed between the two looks; or completed once, and then deleted from the store.
      if (answeredFromStore(request, plan)) {
        preparations.answered(plan.preparedId(), request.experimentId());
        return;
      }
      enrolment = preparations.reopen(plan, order, waiter(request));
    }
    for (PrepareShard shard : enrolment.toPublish()) {
      publisher.publish(shard);
    }
  }

  /** What headers show already is not decoded first. */
  private static void checkRejected(SourceSnapshot source, double maxShare) {
    RejectedImages rejected = RejectedImages.of(source.rejected());
    Rejections.failure(rejected, source.size() + rejected.total(), maxShare)
        .ifPresent(
            failure -> {
              throw new PermanentFailureException(failure.code(), failure.message());
            });
  }

  private static Waiter waiter(DatasetRequest.PrepareDataset request) {
    return new Waiter(request.experimentId(), request.maxRejectedShare());
  }

  private Source source(String dataset) {
    return datasets
        .source(dataset)
        .orElseThrow(
            () ->
                new PermanentFailureException(
                    FailureCode.DATASET_UNKNOWN,
                    "There is no data set '%s'; known: %s. Register it with POST /api/v1/datasets, or correct its name."
                        .formatted(dataset, String.join(", ", datasets.names()))));
  }

  private boolean answeredFromStore(DatasetRequest.PrepareDataset request, Plan plan)
      throws IOException, InterruptedException {
    Optional<Manifests.Found> prepared = manifests.find(plan.preparedId());
    if (prepared.isEmpty()) {
      return false;
    }
    preparations.remember(request.dataset(), request.preparation(), prepared.get().dataset());
    publisher.publish(prepared.get().answer(waiter(request), true));
    return true;
  }

  @Override
  public void unreadable(Owner owner, Failure failure) throws IOException, InterruptedException {
    publisher.publish(new DatasetFailed(owner.experimentId(), failure));
  }

  @Override
  public void failed(DatasetRequest request, Failure failure)
      throws IOException, InterruptedException {
    publisher.publish(new DatasetFailed(request.experimentId(), failure));
    for (String preparedId : preparations.ownedBy(request.experimentId())) {
      preparations.fail(preparedId, failure);
      preparations.answered(preparedId, request.experimentId());
      answers.settle(preparedId);
    }
  }
}
