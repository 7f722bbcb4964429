package io.tencrop.gateway.api;

import io.tencrop.contracts.api.UploadView;
import io.tencrop.gateway.uploads.DataUploads;
import io.tencrop.gateway.uploads.UploadException;
import io.tencrop.storage.Digests;
import io.tencrop.storage.StoreUnavailableException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Files for data sets: in one piece, or in several by the tus protocol, version 1.0. */
@Path("/api/v1/uploads")
@SecurityRequirement(name = "token")
@Tag(name = "uploads", description = "Files for data sets; large ones by tus 1.0 (tus.io)")
public class UploadResource {
  private static final String PIECE = "application/offset+octet-stream";
  private static final String VERSION = "1.0.0";
  private static final String RESUMABLE = "Tus-Resumable";
  private static final String OFFSET = "Upload-Offset";
  private static final String LENGTH = "Upload-Length";
  private static final String SHA256 = "sha256";

  private final DataUploads uploads;

  UploadResource(DataUploads uploads) {
    this.uploads = uploads;
  }

  @OPTIONS
  @Operation(summary = "What of tus is spoken")
  @APIResponse(
      responseCode = "204",
      description = "Version, extensions and largest file, as headers")
  public Response options() {
    return tus(Response.noContent())
        .header("Tus-Version", VERSION)
        .header("Tus-Extension", "creation,expiration,termination")
        .header("Tus-Max-Size", uploads.maxBytes())
        .build();
  }

  @PUT
  @Path("{name}")
  @Consumes(MediaType.WILDCARD)
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Upload a file in one piece",
      description =
          "curl -T pets.zip .../api/v1/uploads/ does it. The uri in the answer is for the source of a data set. When the connection breaks, nothing is kept.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_OCTET_STREAM,
              schema = @Schema(type = SchemaType.STRING, format = "binary")))
  @APIResponse(
      responseCode = "201",
      description = "Kept, at the address in Location",
      content = @Content(schema = @Schema(implementation = UploadView.class)))
  @APIResponse(responseCode = "413", description = "The file is too large")
  @APIResponse(responseCode = "422", description = "It has another digest than was announced")
  @APIResponse(responseCode = "503", description = "The object store is away")
  public Response put(
      @PathParam("name") String name,
      @Parameter(description = "That the file must have") @QueryParam(SHA256)
          @Nullable String sha256,
      @HeaderParam("Content-Length") @Nullable Long length,
      InputStream body)
      throws IOException {
    return answered(
        () -> {
          UploadView kept = uploads.take(body, length, name, checkedDigest(sha256));
          return Response.created(URI.create("/api/v1/uploads/" + kept.id())).entity(kept);
        });
  }

  @POST
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Begin an upload in pieces",
      description =
          "Upload-Length tells how many bytes will come; Upload-Metadata may have filename and sha256, each followed by its value in Base64. The pieces then go to the address in Location by PATCH.")
  @APIResponse(
      responseCode = "201",
      description = "Begun, at the address in Location",
      content = @Content(schema = @Schema(implementation = UploadView.class)))
  @APIResponse(responseCode = "413", description = "The file is too large")
  public Response begin(
      @HeaderParam(RESUMABLE) @Nullable String version,
      @HeaderParam(LENGTH) @Nullable Long length,
      @HeaderParam("Upload-Metadata") @Nullable String metadata)
      throws IOException {
    checkVersion(version);
    if (length == null || length < 1) {
      throw ProblemException.of(
          400, "Bad request", "The header Upload-Length must tell how many bytes will come.");
    }
    Map<String, String> about = UploadMetadata.parse(metadata);
    return answered(
        () -> {
          UploadView begun =
              uploads.begin(length, about.get("filename"), checkedDigest(about.get(SHA256)));
          return tus(Response.created(URI.create("/api/v1/uploads/" + begun.id())), begun)
              .entity(begun);
        });
  }

  @HEAD
  @Path("{id}")
  @Operation(summary = "Where an upload goes on")
  @APIResponse(responseCode = "200", description = "Upload-Offset tells it")
  @APIResponse(responseCode = "404", description = "There is no such upload, or it has expired")
  public Response where(@PathParam("id") String id) throws IOException {
    return answered(() -> tus(Response.ok(), existing(id)).header("Cache-Control", "no-store"));
  }

  @GET
  @Path("{id}")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "An upload")
  @APIResponse(
      responseCode = "200",
      description = "The upload",
      content = @Content(schema = @Schema(implementation = UploadView.class)))
  @APIResponse(responseCode = "404", description = "There is no such upload, or it has expired")
  public Response get(@PathParam("id") String id) throws IOException {
    return answered(() -> Response.ok(existing(id)).header("Cache-Control", "no-store"));
  }

  @PATCH
  @Path("{id}")
  @Consumes(PIECE)
  @Operation(
      summary = "Send a piece",
      description =
          "Upload-Offset tells where it begins. What arrived before a connection broke is kept. The answer to the last piece comes when the file has been put together and its digest checked.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = PIECE,
              schema = @Schema(type = SchemaType.STRING, format = "binary")))
  @APIResponse(responseCode = "204", description = "Kept; Upload-Offset tells where to go on")
  @APIResponse(responseCode = "404", description = "There is no such upload, or it has expired")
  @APIResponse(responseCode = "409", description = "The upload goes on at another offset")
  @APIResponse(responseCode = "413", description = "More came than was announced")
  @APIResponse(responseCode = "422", description = "It has another digest than was announced")
  public Response append(
      @PathParam("id") String id,
      @HeaderParam(RESUMABLE) @Nullable String version,
      @HeaderParam(OFFSET) @Nullable Long offset,
      InputStream body)
      throws IOException {
    checkVersion(version);
    if (offset == null) {
      throw ProblemException.of(
          400, "Bad request", "The header Upload-Offset must tell where the piece begins.");
    }
    return answered(() -> tus(Response.noContent(), uploads.append(existing(id), offset, body)));
  }

  @DELETE
  @Path("{id}")
  @Operation(summary = "Remove an upload", description = "Data that was prepared from it stays.")
  @APIResponse(responseCode = "204", description = "Removed")
  @APIResponse(responseCode = "404", description = "There is no such upload, or it has expired")
  public Response remove(@PathParam("id") String id) throws IOException {
    return answered(
        () -> {
          uploads.remove(existing(id).id());
          return tus(Response.noContent());
        });
  }

  private static Response.ResponseBuilder tus(Response.ResponseBuilder response) {
    return response.header(RESUMABLE, VERSION);
  }

  private static Response.ResponseBuilder tus(
      Response.ResponseBuilder response, UploadView upload) {
    tus(response).header(OFFSET, upload.offset()).header(LENGTH, upload.bytes());
    if (upload.expiresAt() != null) {
      response.header(
          "Upload-Expires",
          DateTimeFormatter.RFC_1123_DATE_TIME.format(upload.expiresAt().atOffset(ZoneOffset.UTC)));
    }
    return response;
  }

  private static void checkVersion(@Nullable String version) {
    if (version != null && !version.equals(VERSION)) {
      throw ProblemException.of(
          412,
          "Precondition failed",
          "Version %s of tus is not spoken here, only %s.".formatted(version, VERSION));
    }
  }

  private static @Nullable String checkedDigest(@Nullable String sha256) {
    if (sha256 != null && !Digests.isSha256(sha256.toLowerCase(Locale.ROOT))) {
      throw ProblemException.invalidParameter(SHA256, "must be 64 hexadecimal digits.");
    }
    return sha256;
  }

  private UploadView existing(String id) throws IOException {
    try {
      return uploads
          .find(UUID.fromString(id))
          .orElseThrow(() -> ProblemException.unknown("upload", id));
    } catch (IllegalArgumentException e) {
      throw ProblemException.unknown("upload", id);
    }
  }

  /** What is done for a request. */
  private interface Doing {
    Response.ResponseBuilder done() throws IOException, UploadException;
  }

  private static Response answered(Doing doing) throws IOException {
    try {
      return doing.done().build();
    } catch (StoreUnavailableException e) {
      throw ProblemException.unavailable(e);
    } catch (UploadException e) {
      throw switch (e.reason()) {
        case TOO_LARGE -> problem(413, "Request too large", e);
        case WRONG_OFFSET -> problem(409, "Conflict", e);
        case WRONG_CONTENT -> problem(422, "The file is not what was announced", e);
        case BROKEN_OFF -> problem(400, "The connection broke", e);
        case BUSY -> problem(503, "Service unavailable", e);
      };
    }
  }

  private static ProblemException problem(int status, String title, UploadException e) {
    return ProblemException.of(status, title, String.valueOf(e.getMessage()));
  }
}
