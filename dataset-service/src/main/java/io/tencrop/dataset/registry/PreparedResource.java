package io.tencrop.dataset.registry;

import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.api.DatasetView;
import io.tencrop.contracts.api.PreparedView;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.data.PreparedManifest;
import io.tencrop.dataset.preparation.PreparedImages;
import io.tencrop.dataset.source.UnusableImageException;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.messaging.PermanentFailureException;
import io.tencrop.vision.data.Bitmap;
import io.tencrop.vision.data.PngEncoder;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What was prepared of a data set, and its images to look at, over HTTP for the gateway. */
@Path("/internal/v1/datasets/{name}/prepared/{id: [0-9a-f]{64}}")
@Produces({MediaType.APPLICATION_JSON, Replies.PROBLEM})
public class PreparedResource {
  private static final String IMAGE_PNG = "image/png";
  private static final int MAX_COUNT = 50;
  private static final int MAX_CLASSES = 50;

  /** Of a picture, in pixels. */
  private static final int MAX_SIDE = 256;

  private static final int MAX_AGE_SECONDS = 86_400;

  private final Datasets datasets;
  private final PreparedImages images;
  private final Replies replies;

  PreparedResource(Datasets datasets, PreparedImages images, MessageCodec codec) {
    this.datasets = datasets;
    this.images = images;
    this.replies = new Replies(codec);
  }

  /** All that is known of it. */
  @GET
  public Response get(@PathParam("name") String name, @PathParam("id") String id)
      throws IOException {
    DatasetView dataset = dataset(name, id);
    PreparedManifest manifest = images.manifest(id).orElseThrow(() -> unknown(name, id));
    PreparedDataset prepared =
        dataset.prepared().stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
    List<PreparedManifest.Shard> shards =
        manifest.shards().values().stream().flatMap(List::stream).toList();
    return replies.json(
        Status.OK,
        new PreparedView(
            prepared,
            name,
            dataset.licence(),
            manifest.sourceDigest(),
            manifest.preparation(),
            manifest.preparation().variants(),
            shards.size(),
            shards.stream().mapToLong(PreparedManifest.Shard::bytes).sum(),
            manifest.rejected(),
            manifest.facts()));
  }

  /** Some images of one class, or of each. */
  @GET
  @Path("samples")
  public Response samples(
      @PathParam("name") String name,
      @PathParam("id") String id,
      @QueryParam("split") @DefaultValue("train") String splitLabel,
      @QueryParam("class") @Nullable String className,
      @QueryParam("count") @DefaultValue("8") String countText)
      throws IOException {
    dataset(name, id);
    List<String> classes = images.manifest(id).orElseThrow(() -> unknown(name, id)).classes();
    SplitName split =
        Arrays.stream(SplitName.values())
            .filter(one -> one.label().equals(splitLabel))
            .findFirst()
            .orElseThrow(
                () -> wrong("split is '%s'; must be train, validation or test", splitLabel));
    int count = whole("count", countText, 1, MAX_COUNT);
    List<Integer> labels;
    if (className == null) {
      labels = IntStream.range(0, Math.min(classes.size(), MAX_CLASSES)).boxed().toList();
    } else if (classes.contains(className)) {
      labels = List.of(classes.indexOf(className));
    } else {
      throw wrong("class is '%s', which this data set does not have", className);
    }
    try {
      return images
          .samples(id, split, labels, count)
          .map(view -> replies.json(Status.OK, view))
          .orElseThrow(() -> unknown(name, id));
    } catch (PermanentFailureException e) {
      throw problem(Status.CONFLICT, e.failure().message());
    }
  }

  /** An image, not larger than a thumbnail. */
  @GET
  @Path("samples/{image: [0-9]{1,9}}.png")
  @Produces({IMAGE_PNG, Replies.PROBLEM})
  public Response image(
      @PathParam("name") String name,
      @PathParam("id") String id,
      @PathParam("image") int image,
      @QueryParam("variant") @Nullable String variant,
      @Context Request request)
      throws IOException, InterruptedException {
    dataset(name, id);
    String which =
        variant == null
            ? "source"
            : String.valueOf(whole("variant", variant, 0, Integer.MAX_VALUE));
    // What an id names never changes.
    EntityTag tag = new EntityTag("%s-%d-%s".formatted(id.substring(0, 32), image, which));
    CacheControl cache = new CacheControl();
    cache.setPrivate(true);
    cache.setMaxAge(MAX_AGE_SECONDS);
    Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
    if (unchanged != null) {
      return unchanged.cacheControl(cache).build();
    }
    try {
      Optional<Bitmap> found =
          variant == null
              ? images.original(id, image)
              : images.stored(id, image, Integer.parseInt(which));
      Bitmap picture =
          found.orElseThrow(
              () ->
                  problem(
                      Status.NOT_FOUND,
                      "The prepared data set has no image %d%s"
                          .formatted(image, variant == null ? "" : " in variant " + which)));
      return Response.ok(PngEncoder.encode(thumbnail(picture)), IMAGE_PNG)
          .tag(tag)
          .cacheControl(cache)
          .build();
    } catch (UnusableImageException e) {
      throw problem(
          Status.CONFLICT, "The image %d cannot be used: %s".formatted(image, e.reason()));
    } catch (PermanentFailureException e) {
      throw problem(Status.CONFLICT, e.failure().message());
    }
  }

  private static Bitmap thumbnail(Bitmap image) {
    int side = Math.max(image.height(), image.width());
    return side <= MAX_SIDE
        ? image
        : image.resized(
            Math.max(1, image.height() * MAX_SIDE / side),
            Math.max(1, image.width() * MAX_SIDE / side));
  }

  private DatasetView dataset(String name, String id) {
    return datasets
        .find(name)
        .filter(view -> view.prepared().stream().anyMatch(one -> one.id().equals(id)))
        .orElseThrow(() -> unknown(name, id));
  }

  private int whole(String parameter, String text, int least, int most) {
    try {
      int value = Integer.parseInt(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // told below, with what is allowed
    }
    throw wrong(parameter + " is '%s'; must be a whole number from " + least + " to " + most, text);
  }

  private WebApplicationException unknown(String name, String id) {
    return problem(
        Status.NOT_FOUND, "Of the data set '%s' nothing is prepared as %s".formatted(name, id));
  }

  private WebApplicationException wrong(String detail, String value) {
    return problem(Status.BAD_REQUEST, detail.formatted(value));
  }

  private WebApplicationException problem(Status status, String detail) {
    return new WebApplicationException(replies.problem(status, detail, List.of()));
  }
}
