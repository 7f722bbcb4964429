package io.tencrop.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.tencrop.contracts.api.ArchitectureView;
import io.tencrop.gateway.spec.Networks;
import io.tencrop.gateway.spec.Shape;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What an experiment can be made of. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "token")
@Tag(name = "catalog", description = "What an experiment can be made of")
public class CatalogResource {
  private final Networks networks;
  private final Shape shape;

  CatalogResource(Networks networks, Shape shape) {
    this.networks = networks;
    this.shape = shape;
  }

  @GET
  @Path("architectures")
  @Operation(summary = "The networks that can be trained, with their options")
  public List<ArchitectureView> architectures() {
    return networks.all();
  }

  @GET
  @Path("schemas/experiment")
  @Produces({"application/schema+json", MediaType.APPLICATION_JSON})
  @Operation(summary = "The JSON schema of a spec, for editors and programs")
  @APIResponse(responseCode = "200", description = "JSON schema, draft 2020-12")
  public String experimentSchema() {
    JsonNode schema = shape.schema();
    return schema.toPrettyString();
  }
}
