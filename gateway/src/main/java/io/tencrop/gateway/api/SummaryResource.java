package io.tencrop.gateway.api;

import io.tencrop.vision.network.ActivationShape;
import io.tencrop.vision.network.Architecture;
import io.tencrop.vision.network.ArchitectureException;
import io.tencrop.vision.network.Architectures;
import io.tencrop.vision.network.NetworkSummary;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a network costs before it is trained. */
@Path("/api/v1/architectures/{name}/summary")
@SecurityRequirement(name = "token")
@Tag(name = "catalog")
public class SummaryResource {
  private static final String INPUT = "input";
  private static final String CLASSES = "classes";
  private static final String BATCH = "batch";
  private static final Set<String> PARAMETERS = Set.of(INPUT, CLASSES, BATCH);
  private static final int MAX_COUNT = 1_000_000;

  SummaryResource() {}

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Output shapes, parameters, operations and memory of a network, layer by layer",
      description =
          "Floating point operations are counted as torch.utils.flop_counter does. Every other parameter is an option of the architecture: stem=cifar. With Accept: text/plain a table.")
  @Parameter(
      name = INPUT,
      in = ParameterIn.QUERY,
      required = true,
      example = "3x224x224",
      description = "channels x height x width")
  @Parameter(
      name = CLASSES,
      in = ParameterIn.QUERY,
      required = true,
      example = "10",
      description = "outputs")
  @Parameter(name = BATCH, in = ParameterIn.QUERY, description = "images; 1 if absent")
  @APIResponse(responseCode = "200", description = "the network's costs")
  @APIResponse(responseCode = "400", description = "there is no such network for this input")
  @APIResponse(responseCode = "404", description = "there is no such architecture")
  public NetworkSummary summary(@PathParam("name") String name, @Context UriInfo uri) {
    return summarize(name, uri);
  }

  @GET
  @Produces(MediaType.TEXT_PLAIN)
  @Operation(hidden = true)
  public String table(@PathParam("name") String name, @Context UriInfo uri) {
    return summarize(name, uri).table();
  }

  private static NetworkSummary summarize(String name, UriInfo uri) {
    List<String> known = Architectures.all().stream().map(Architectures.Description::name).toList();
    if (!known.contains(name)) {
      throw ProblemException.of(
          404,
          "Not found",
          "There is no architecture '%s'. Known: %s".formatted(name, String.join(", ", known)));
    }
    Map<String, String> given = QueryValues.of(uri);
    ActivationShape input = input(given);
    int classes = count(CLASSES, required(CLASSES, given));
    int batch = count(BATCH, given.getOrDefault(BATCH, "1"));
    given.keySet().removeAll(PARAMETERS);
    try {
      Architecture architecture = Architectures.parse(name, given);
      return NetworkSummary.of(architecture.network(input, classes), batch);
    } catch (ArchitectureException e) {
      throw ProblemException.of(400, "There is no such network", e.getMessage() + ".");
    }
  }

  private static ActivationShape input(Map<String, String> given) {
    try {
      return ActivationShape.parseImage(required(INPUT, given));
    } catch (ArchitectureException e) {
      throw ProblemException.invalidParameter(INPUT, "cannot be read: " + e.getMessage() + ".");
    }
  }

  private static String required(String parameter, Map<String, String> given) {
    String value = given.get(parameter);
    if (value == null) {
      throw ProblemException.invalidParameter(
          parameter, "is missing: ?input=3x224x224&classes=10 is the least there must be.");
    }
    return value;
  }

  private static int count(String parameter, String value) {
    if (!value.matches("\\d{1,7}")
        || Integer.parseInt(value) < 1
        || Integer.parseInt(value) > MAX_COUNT) {
      throw ProblemException.invalidParameter(
          parameter, "is '%s'; must be a whole number from 1 to %d.".formatted(value, MAX_COUNT));
    }
    return Integer.parseInt(value);
  }
}
