package io.tencrop.evaluator.prediction;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.common.annotation.Blocking;
import io.tencrop.contracts.api.PredictionsView;
import io.tencrop.evaluator.http.Answers;
import io.tencrop.evaluator.prediction.PredictionException.Reason;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.storage.ObjectCorruptException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/** Predictions for images, for the gateway. */
@Path("/internal/v1/predictions")
class PredictionsResource {
  private static final Logger LOG = Logger.getLogger(PredictionsResource.class);
  private static final int RETRY_SECONDS = 2;

  private final PredictionQueue queue;
  private final Predictor predictor;
  private final PredictionConfig config;
  private final Answers answers;
  private final MeterRegistry meters;

  PredictionsResource(
      PredictionQueue queue,
      Predictor predictor,
      PredictionConfig config,
      MessageCodec codec,
      MeterRegistry meters) {
    this.queue = queue;
    this.predictor = predictor;
    this.config = config;
    this.answers = new Answers(codec);
    this.meters = meters;
  }

  /** The files of a form are the images, whatever the parts are called. */
  @POST
  @Blocking
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  public Response form(@RestForm(FileUpload.ALL) List<FileUpload> files, @Context UriInfo uri) {
    List<EncodedImage> images = new ArrayList<>();
    for (FileUpload file : files == null ? List.<FileUpload>of() : files) {
      String name = file.fileName();
      images.add(
          EncodedImage.of(
              name == null || name.isBlank() ? file.name() : name, file.uploadedFile()));
    }
    return answer(images, uri);
  }

  /** The body is the image. */
  @POST
  @Blocking
  @Consumes(MediaType.WILDCARD)
  public Response body(byte[] image, @Context UriInfo uri) {
    return answer(
        image == null || image.length == 0 ? List.of() : List.of(EncodedImage.of("image", image)),
        uri);
  }

  private Response answer(List<EncodedImage> images, UriInfo uri) {
    long arrived = System.nanoTime();
    Response response = predicted(images, uri, arrived);
    Timer.builder("tencrop.evaluator.predictions")
        .description("Requests for predictions, from their arrival to the answer")
        .tag("status", Integer.toString(response.getStatus()))
        .register(meters)
        .record(System.nanoTime() - arrived, TimeUnit.NANOSECONDS);
    return response;
  }

  private Response predicted(List<EncodedImage> images, UriInfo uri, long arrived) {
    try {
      PredictionQuery query = PredictionQuery.of(uri.getQueryParameters());
      check(images);
      PredictionsView view = queue.call(() -> predictor.predict(query, images, arrived));
      return answers.ok(view);
    } catch (PredictionException e) {
      LOG.debugf(e, "A request for predictions is not answered");
      return problem(e.reason(), String.valueOf(e.getMessage()));
    } catch (ObjectCorruptException e) {
      LOG.warn("A prediction needs what is damaged", e);
      return problem(Reason.UNABLE, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      LOG.warn("Predictions cannot be made now", e);
      return problem(Reason.BUSY, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return problem(Reason.BUSY, "The service is stopping. Try again in a while.");
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("a prediction failed", e);
    }
  }

  private void check(List<EncodedImage> images) throws PredictionException {
    if (images.isEmpty()) {
      throw new PredictionException(
          Reason.INVALID,
          "There is no image. Send its bytes as the body (curl --data-binary @photo.jpg -H 'Content-Type: image/jpeg'), or several as files of a form (curl -F image=@a.jpg -F image=@b.jpg).");
    }
    if (images.size() > config.maxImages()) {
      throw new PredictionException(
          Reason.INVALID,
          "%d images came; one request has at most %d. Send several requests."
              .formatted(images.size(), config.maxImages()));
    }
  }

  private Response problem(Reason reason, String detail) {
    Response.ResponseBuilder response =
        answers.problem(reason.status(), reason.title(), detail, null);
    return reason == Reason.BUSY
        ? response.header("Retry-After", RETRY_SECONDS).build()
        : response.build();
  }
}
