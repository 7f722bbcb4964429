package io.tencrop.gateway.api;

import io.tencrop.contracts.api.PreparedView;
import io.tencrop.contracts.api.SamplesView;
import io.tencrop.gateway.upstream.UpstreamAwayException;
import io.tencrop.gateway.upstream.Upstreams;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What was prepared of data sets, and images of it: passed on to the dataset service. */
@Path("/api/v1/datasets/{name}/prepared/{id: [0-9a-f]{64}}")
@SecurityRequirement(name = "token")
@Tag(name = "datasets")
public class PreparedResource {
  private static final String IMAGE_PNG = "image/png";

  private final Upstreams upstreams;

  PreparedResource(Upstreams upstreams) {
    this.upstreams = upstreams;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "What was prepared of a data set",
      description =
          "Images of each class per split, mean and deviation, exact copies, files that were left out.")
  @APIResponse(
      responseCode = "200",
      description = "The prepared data set",
      content = @Content(schema = @Schema(implementation = PreparedView.class)))
  @APIResponse(responseCode = "404", description = "Nothing of this id is prepared of it")
  @APIResponse(responseCode = "503", description = "The dataset service is away")
  public Response get(
      @PathParam("name") String name, @PathParam("id") String id, @Context UriInfo uri) {
    return pass(uri, null);
  }

  @GET
  @Path("samples")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Some images of a split",
      description =
          "Evenly spread over each class, the same ones each time. Each image lies at <id>.png beside this address.")
  @APIResponse(
      responseCode = "200",
      description = "The images",
      content = @Content(schema = @Schema(implementation = SamplesView.class)))
  @APIResponse(responseCode = "404", description = "Nothing of this id is prepared of the data set")
  @APIResponse(responseCode = "409", description = "The description of the source is gone")
  @APIResponse(responseCode = "503", description = "The dataset service is away")
  public Response samples(
      @PathParam("name") String name,
      @PathParam("id") String id,
      @Parameter(description = "train (the default), validation or test") @QueryParam("split")
          @Nullable String split,
      @Parameter(description = "Name of a class; absent: all, at most the first 50")
          @QueryParam("class")
          @Nullable String className,
      @Parameter(description = "Images of each class, 1 to 50; 8 if absent") @QueryParam("count")
          @Nullable String count,
      @Context UriInfo uri) {
    return pass(uri, null);
  }

  @GET
  @Path("samples/{image: [0-9]{1,9}}.png")
  @Operation(
      summary = "An image",
      description =
          "As the source has it, or with variant as it is stored; scaled down to at most 256 pixels on a side.")
  @APIResponse(
      responseCode = "200",
      description = "The image",
      content =
          @Content(
              mediaType = IMAGE_PNG,
              schema = @Schema(type = SchemaType.STRING, format = "binary")))
  @APIResponse(responseCode = "304", description = "It is the one named in If-None-Match")
  @APIResponse(responseCode = "404", description = "There is no such image or variant")
  @APIResponse(
      responseCode = "409",
      description = "The source is gone or has changed; or the image cannot be decoded")
  @APIResponse(responseCode = "503", description = "The dataset service is away")
  public Response image(
      @PathParam("name") String name,
      @PathParam("id") String id,
      @PathParam("image") int image,
      @Parameter(description = "From 0; absent: as in the source") @QueryParam("variant")
          @Nullable String variant,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch,
      @Context UriInfo uri) {
    return pass(uri, ifNoneMatch);
  }

  private Response pass(UriInfo uri, @Nullable String ifNoneMatch) {
    String asked = uri.getRequestUri().getRawPath();
    String query = uri.getRequestUri().getRawQuery();
    String path =
        DatasetResource.DATASETS
            + asked.substring(DatasetResource.PATH.length())
            + (query == null ? "" : "?" + query);
    try {
      return DatasetResource.pass(upstreams.datasets().get(path, ifNoneMatch));
    } catch (UpstreamAwayException e) {
      throw ProblemException.unavailable(e);
    }
  }
}
