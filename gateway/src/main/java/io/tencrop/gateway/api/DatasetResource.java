package io.tencrop.gateway.api;

import io.tencrop.contracts.api.DatasetRegistration;
import io.tencrop.contracts.api.DatasetView;
import io.tencrop.gateway.upstream.Upstream;
import io.tencrop.gateway.upstream.UpstreamAwayException;
import io.tencrop.gateway.upstream.Upstreams;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Data sets: passed on to the dataset service, who keeps them. */
@Path(DatasetResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "token")
@Tag(name = "datasets", description = "Images that experiments can be made with")
public class DatasetResource {
  static final String PATH = "/api/v1/datasets";

  /** The same at the dataset service. */
  static final String DATASETS = "/internal/v1/datasets";

  private static final int MAX_REGISTRATION = 1 << 20;

  private final Upstreams upstreams;

  DatasetResource(Upstreams upstreams) {
    this.upstreams = upstreams;
  }

  @GET
  @Operation(summary = "The registered data sets")
  @APIResponse(
      responseCode = "200",
      description = "The data sets",
      content =
          @Content(schema = @Schema(type = SchemaType.ARRAY, implementation = DatasetView.class)))
  @APIResponse(responseCode = "503", description = "The dataset service is away")
  public Response list() {
    try {
      return pass(upstreams.datasets().get(DATASETS));
    } catch (UpstreamAwayException e) {
      throw ProblemException.unavailable(e);
    }
  }

  @GET
  @Path("{name}")
  @Operation(summary = "A data set, and what was prepared of it")
  @APIResponse(
      responseCode = "200",
      description = "The data set",
      content = @Content(schema = @Schema(implementation = DatasetView.class)))
  @APIResponse(responseCode = "404", description = "There is none of this name")
  @APIResponse(responseCode = "503", description = "The dataset service is away")
  public Response get(@PathParam("name") String name) {
    String segment = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    try {
      Upstream.Answer answer = upstreams.datasets().get(DATASETS + "/" + segment);
      if (answer.status() == 404) {
        throw ProblemException.unknown("data set", name);
      }
      return pass(answer);
    } catch (UpstreamAwayException e) {
      throw ProblemException.unavailable(e);
    }
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Register a data set", description = "Nothing is read before it is used.")
  @RequestBody(
      required = true,
      content = @Content(schema = @Schema(implementation = DatasetRegistration.class)))
  @APIResponse(
      responseCode = "201",
      description = "Registered",
      content = @Content(schema = @Schema(implementation = DatasetView.class)))
  @APIResponse(responseCode = "503", description = "The dataset service is away")
  public Response register(InputStream registration) throws IOException {
    byte[] body = registration.readNBytes(MAX_REGISTRATION + 1);
    if (body.length > MAX_REGISTRATION) {
      throw ProblemException.of(
          413,
          "Request too large",
          "A registration has at most %d bytes.".formatted(MAX_REGISTRATION));
    }
    try {
      Upstream.Answer answer = upstreams.datasets().post(DATASETS, body);
      return pass(answer);
    } catch (UpstreamAwayException e) {
      throw ProblemException.unavailable(e);
    }
  }

  static Response pass(Upstream.Answer answer) {
    Response.ResponseBuilder response =
        Response.status(answer.status())
            .header(HttpHeaders.ETAG, answer.etag())
            .header(HttpHeaders.CACHE_CONTROL, answer.cacheControl());
    if (answer.status() != Response.Status.NOT_MODIFIED.getStatusCode()) {
      response.type(answer.contentType()).entity(answer.body());
    }
    answer.location(DATASETS, PATH).map(URI::create).ifPresent(response::location);
    return response.build();
  }
}
