package io.tencrop.dataset.registry;

import io.tencrop.contracts.api.DatasetRegistration;
import io.tencrop.contracts.api.Problem.Violation;
import io.tencrop.messaging.MessageCodec;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;

/** Registered data sets over HTTP, for the gateway. */
@Path("/internal/v1/datasets")
@Produces({MediaType.APPLICATION_JSON, Replies.PROBLEM})
public class DatasetResource {
  private final Datasets datasets;
  private final Replies replies;

  DatasetResource(Datasets datasets, MessageCodec codec) {
    this.datasets = datasets;
    this.replies = new Replies(codec);
  }

  /** All of them, by name. */
  @GET
  public Response list() {
    return replies.json(Response.Status.OK, datasets.all());
  }

  /** One of them. */
  @GET
  @Path("/{name}")
  public Response get(@PathParam("name") String name) {
    return datasets
        .find(name)
        .map(view -> replies.json(Response.Status.OK, view))
        .orElseGet(
            () ->
                replies.problem(
                    Response.Status.NOT_FOUND, "There is no data set '" + name + "'", List.of()));
  }

  /** Registers one; the same twice is no error. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response register(byte[] body) {
    RegistrationCheck.Outcome outcome = RegistrationCheck.read(body);
    DatasetRegistration registration = outcome.registration();
    if (registration == null) {
      return replies.problem(
          Response.Status.BAD_REQUEST, "The registration is not valid", outcome.violations());
    }
    return switch (datasets.register(registration)) {
      case NEW ->
          Response.fromResponse(view(Response.Status.CREATED, registration.name()))
              .location(URI.create("/internal/v1/datasets/" + registration.name()))
              .build();
      case SAME -> view(Response.Status.OK, registration.name());
      case TAKEN ->
          replies.problem(
              Response.Status.CONFLICT,
              "A data set of this name is registered with another source",
              List.of(new Violation("/name", "choose another name")));
    };
  }

  private Response view(Response.Status status, String name) {
    return replies.json(status, datasets.find(name).orElseThrow());
  }
}
