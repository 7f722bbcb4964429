package io.tencrop.evaluator.diagnosis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tencrop.contracts.api.WrongImage;
import io.tencrop.evaluator.results.Transactions;
import io.tencrop.messaging.MessageCodec;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/** Wrong images in PostgreSQL, those of a run as one document. */
@ApplicationScoped
class PanacheWrongImages implements WrongImages {
  private static final String UPSERT =
      """
      insert into {h-schema}wrong_images (experiment_id, run_name, images)
      values (:experiment, :run, cast(:images as jsonb))
      on conflict (experiment_id, run_name) do update set images = excluded.images
      """;

  private static final String SELECT =
      "select cast(images as text) from {h-schema}wrong_images where experiment_id = :experiment and run_name = :run";

  private final Session session;
  private final MessageCodec codec;

  PanacheWrongImages(Session session, MessageCodec codec) {
    this.session = session;
    this.codec = codec;
  }

  /** The document. */
  record Stored(List<WrongImage> images) {}

  @Override
  public void save(UUID experimentId, String run, List<WrongImage> images) throws IOException {
    Transactions.call(
        () ->
            session
                .createNativeMutationQuery(UPSERT)
                .setParameter("experiment", experimentId)
                .setParameter("run", run)
                .setParameter("images", new String(codec.encode(new Stored(images)), UTF_8))
                .executeUpdate());
  }

  @Override
  public Optional<List<WrongImage>> find(UUID experimentId, String run) throws IOException {
    return Transactions.call(
        () -> {
          List<String> found =
              session
                  .createNativeQuery(SELECT, String.class)
                  .setParameter("experiment", experimentId)
                  .setParameter("run", run)
                  .getResultList();
          return found.isEmpty()
              ? Optional.empty()
              : Optional.of(codec.decode(found.get(0).getBytes(UTF_8), Stored.class).images());
        });
  }
}
