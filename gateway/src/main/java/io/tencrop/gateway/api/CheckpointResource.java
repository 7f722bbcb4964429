package io.tencrop.gateway.api;

import io.tencrop.contracts.api.WeightsView;
import io.tencrop.contracts.data.CheckpointManifest.StoredFile;
import io.tencrop.contracts.data.WeightsManifest;
import io.tencrop.contracts.spec.RunSpec;
import io.tencrop.gateway.weights.ExportedModel;
import io.tencrop.gateway.weights.NotExportableException;
import io.tencrop.gateway.weights.Uploads;
import io.tencrop.gateway.weights.WeightsStore;
import io.tencrop.storage.StoreUnavailableException;
import io.tencrop.vision.network.ActivationShape;
import io.tencrop.vision.network.ArchitectureException;
import io.tencrop.vision.network.Architectures;
import io.tencrop.vision.network.Network;
import io.tencrop.vision.weights.WeightsFormatException;
import io.tencrop.vision.weights.WeightsMisfitException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Weights: those of checkpoints to take away, and those from elsewhere to start from. */
@Path("/api/v1/checkpoints")
@SecurityRequirement(name = "token")
@Tag(name = "weights", description = "Weights of checkpoints, and weights from elsewhere")
public class CheckpointResource {
  private static final String ARCHITECTURE = "architecture";
  private static final String INPUT = "input";
  private static final String DEFAULT_INPUT = "3x224x224";

  /** How many outputs does not matter to whether weights fit. */
  private static final int ANY_OUTPUTS = 2;

  private final WeightsStore weights;
  private final Uploads uploads;

  CheckpointResource(WeightsStore weights, Uploads uploads) {
    this.weights = weights;
    this.uploads = uploads;
  }

  @GET
  @Path("{id}")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "What the weights of a checkpoint are")
  @APIResponse(responseCode = "200", description = "The weights")
  @APIResponse(responseCode = "404", description = "There is no such checkpoint")
  @APIResponse(responseCode = "503", description = "The object store is away")
  public WeightsView get(@PathParam("id") String id) throws IOException {
    try {
      return weights.describe(id, existing(id));
    } catch (StoreUnavailableException e) {
      throw ProblemException.unavailable(e);
    }
  }

  @GET
  @Path("{id}/weights")
  @Operation(
      summary = "Take the weights away",
      description =
          "As safetensors, float32 under torchvision's names, which load_state_dict takes as they are; or with format=torchscript as a model that torch.jit.load takes. Safetensors have the file's SHA-256 as ETag and can be read in parts (Range).")
  @APIResponse(
      responseCode = "200",
      description = "The file",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_OCTET_STREAM,
              schema = @Schema(type = SchemaType.STRING, format = "binary")))
  @APIResponse(responseCode = "206", description = "A part of the file")
  @APIResponse(responseCode = "304", description = "It is the one named in If-None-Match")
  @APIResponse(responseCode = "404", description = "There is no such checkpoint")
  @APIResponse(responseCode = "409", description = "It cannot be given in that format")
  @APIResponse(responseCode = "503", description = "The object store is away")
  public Response weights(
      @PathParam("id") String id,
      @Parameter(description = "safetensors (the default) or torchscript") @QueryParam("format")
          @Nullable String format,
      @HeaderParam("Range") @Nullable String range,
      @HeaderParam("If-Range") @Nullable String ifRange,
      @Context Request request)
      throws IOException {
    try {
      WeightsManifest manifest = existing(id);
      return switch (format == null ? "safetensors" : format) {
        case "safetensors" -> safetensors(id, manifest, range, ifRange, request);
        case "torchscript" -> torchScript(id, manifest, request);
        default ->
            throw ProblemException.invalidParameter(
                "format", "is '" + format + "'; must be safetensors or torchscript.");
      };
    } catch (StoreUnavailableException e) {
      throw ProblemException.unavailable(e);
    }
  }

  private Response safetensors(
      String id,
      WeightsManifest manifest,
      @Nullable String range,
      @Nullable String ifRange,
      Request request)
      throws IOException {
    StoredFile file = manifest.weights();
    EntityTag tag = new EntityTag(file.sha256());
    Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
    if (unchanged != null) {
      return unchanged.build();
    }
    boolean whole = ifRange != null && !ifRange.equals("\"" + tag.getValue() + "\"");
    Optional<ByteRange> part;
    try {
      part = ByteRange.of(whole ? null : range, file.bytes());
    } catch (ByteRange.UnsatisfiableException e) {
      return Response.status(Response.Status.REQUESTED_RANGE_NOT_SATISFIABLE)
          .header("Content-Range", "bytes */" + file.bytes())
          .build();
    }
    ByteRange bytes = part.orElse(new ByteRange(0, file.bytes() - 1));
    Response.ResponseBuilder answer =
        file(
                part.isPresent() ? 206 : 200,
                (StreamingOutput) out -> weights.copy(file, bytes.from(), bytes.length(), out),
                id,
                manifest,
                "safetensors")
            .tag(tag)
            .header("Accept-Ranges", "bytes")
            .header(HttpHeaders.CONTENT_LENGTH, bytes.length());
    if (part.isPresent()) {
      answer.header(
          "Content-Range", "bytes %d-%d/%d".formatted(bytes.from(), bytes.to(), file.bytes()));
    }
    return answer.build();
  }

  private Response torchScript(String id, WeightsManifest manifest, Request request)
      throws IOException {
    EntityTag tag = new EntityTag(id + "-torchscript");
    Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
    if (unchanged != null) {
      return unchanged.build();
    }
    try {
      ExportedModel model = weights.model(id, manifest);
      StreamingOutput content = model::write;
      return file(200, content, id, manifest, "pt").tag(tag).build();
    } catch (NotExportableException e) {
      throw ProblemException.of(409, "Not exportable", String.valueOf(e.getMessage()));
    }
  }

  private static Response.ResponseBuilder file(
      int status, Object content, String id, WeightsManifest manifest, String ending) {
    RunSpec run = manifest.run();
    String name =
        "%s-%s.%s".formatted(run == null ? "weights" : run.name(), id.substring(0, 8), ending);
    return Response.status(status)
        .type(MediaType.APPLICATION_OCTET_STREAM)
        .entity(content)
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"");
  }

  @POST
  @Consumes(MediaType.APPLICATION_OCTET_STREAM)
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Bring weights from elsewhere",
      description =
          "Takes safetensors, or a state dict that torch.save wrote (.pth), and keeps them as float32; the id in the answer is what initialWeights takes. The same weights have the same id. With architecture they are held against that network; every parameter beside architecture and input is then an option of it: stem=cifar.")
  @Parameter(
      name = ARCHITECTURE,
      in = ParameterIn.QUERY,
      example = "resnet18",
      description = "What they are of; absent: names and shapes are not looked at")
  @Parameter(
      name = INPUT,
      in = ParameterIn.QUERY,
      example = "3x32x32",
      description = "Channels x height x width that the network is for; 3x224x224 if absent")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_OCTET_STREAM,
              schema = @Schema(type = SchemaType.STRING, format = "binary")))
  @APIResponse(
      responseCode = "201",
      description = "Kept, at the address in Location",
      content = @Content(schema = @Schema(implementation = WeightsView.class)))
  @APIResponse(responseCode = "400", description = "There is no such architecture")
  @APIResponse(responseCode = "413", description = "The file is too large")
  @APIResponse(
      responseCode = "422",
      description = "The file cannot be read as weights, or they are another network's")
  @APIResponse(responseCode = "503", description = "The object store is away")
  public Response upload(
      InputStream body, @HeaderParam("Content-Length") @Nullable Long length, @Context UriInfo uri)
      throws IOException {
    Network network = network(QueryValues.of(uri));
    try {
      String id = uploads.take(body, length, network);
      return Response.created(URI.create("/api/v1/checkpoints/" + id))
          .type(MediaType.APPLICATION_JSON)
          .entity(weights.describe(id, existing(id)))
          .build();
    } catch (Uploads.TooLargeException e) {
      throw ProblemException.of(413, "Request too large", String.valueOf(e.getMessage()));
    } catch (WeightsFormatException e) {
      throw ProblemException.of(
          422, "The weights cannot be read", "The file is not taken: %s".formatted(e.getMessage()));
    } catch (WeightsMisfitException e) {
      throw ProblemException.of(
          422,
          "The weights do not fit",
          "They are not those of a network of this architecture: %s. Is an option of it missing, or the input another?"
              .formatted(e.getMessage()));
    } catch (StoreUnavailableException e) {
      throw ProblemException.unavailable(e);
    }
  }

  /** What the weights are said to be of; null when nothing is said. */
  private static @Nullable Network network(Map<String, String> given) {
    String architecture = given.remove(ARCHITECTURE);
    if (architecture == null) {
      if (!given.isEmpty()) {
        throw ProblemException.invalidParameter(
            given.keySet().iterator().next(), "says nothing without architecture.");
      }
      return null;
    }
    String input = given.getOrDefault(INPUT, DEFAULT_INPUT);
    given.remove(INPUT);
    try {
      return Architectures.parse(architecture, given)
          .network(ActivationShape.parseImage(input), ANY_OUTPUTS);
    } catch (ArchitectureException e) {
      throw ProblemException.of(400, "There is no such network", e.getMessage() + ".");
    }
  }

  private WeightsManifest existing(String id) throws IOException {
    return weights.find(id).orElseThrow(() -> ProblemException.unknown("checkpoint", id));
  }
}
