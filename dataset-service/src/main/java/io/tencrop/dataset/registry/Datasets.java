package io.tencrop.dataset.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.hibernate.orm.panache.Panache;
import io.tencrop.contracts.api.DatasetRegistration;
import io.tencrop.contracts.api.DatasetRegistration.Source;
import io.tencrop.contracts.api.DatasetView;
import io.tencrop.dataset.preparation.Preparations;
import io.tencrop.dataset.preparation.SourceLookup;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.messaging.MessageFormatException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The registered data sets, in PostgreSQL. */
@ApplicationScoped
@Transactional
public class Datasets implements SourceLookup {
  private final Preparations preparations;
  private final MessageCodec codec;
  private final Clock clock;

  Datasets(Preparations preparations, MessageCodec codec, Clock clock) {
    this.preparations = preparations;
    this.codec = codec;
    this.clock = clock;
  }

  /** How a registration ended. */
  enum Registered {
    NEW,
    /** The same was registered before. */
    SAME,
    /** The name is taken by another source. */
    TAKEN
  }

  /**
   * Makes the catalog known, with local copies where there are some. What somebody has registered
   * under such a name stays.
   */
  public void registerCatalog(@Nullable Path localDirectory) {
    for (Catalog entry : Catalog.ALL) {
      entry.source(localDirectory).ifPresent(source -> register(entry, source));
    }
  }

  private void register(Catalog entry, Source source) {
    Panache.getEntityManager()
        .createNativeQuery(
            """
            INSERT INTO {h-schema}dataset AS known (name, source, builtin, licence, created_at)
            VALUES (?1, ?2, true, ?3, ?4)
            ON CONFLICT (name) DO UPDATE SET source = excluded.source, licence = excluded.licence
            WHERE known.builtin
            """)
        .setParameter(1, entry.name())
        .setParameter(2, json(source))
        .setParameter(3, entry.licence())
        .setParameter(4, Instant.now(clock))
        .executeUpdate();
  }

  /** What the catalog names alike makes way, save for what the program carries. */
  Registered register(DatasetRegistration registration) {
    String source = json(registration.source());
    int inserted =
        Panache.getEntityManager()
            .createNativeQuery(
                """
                INSERT INTO {h-schema}dataset AS known (name, source, builtin, created_at)
                VALUES (?1, ?2, false, ?3)
                ON CONFLICT (name) DO UPDATE
                SET source = excluded.source, builtin = false, licence = null, digest = null
                WHERE known.builtin
                """)
            .setParameter(1, registration.name())
            .setParameter(2, source)
            .setParameter(3, Instant.now(clock))
            .executeUpdate();
    if (inserted == 1) {
      return Registered.NEW;
    }
    DatasetEntity existing = DatasetEntity.findById(registration.name());
    return existing != null && existing.source.equals(source) ? Registered.SAME : Registered.TAKEN;
  }

  List<DatasetView> all() {
    List<DatasetEntity> rows = DatasetEntity.list("order by name");
    return rows.stream().map(this::view).toList();
  }

  Optional<DatasetView> find(String name) {
    return row(name).map(this::view);
  }

  private static Optional<DatasetEntity> row(String name) {
    return DatasetEntity.findByIdOptional(name);
  }

  private DatasetView view(DatasetEntity row) {
    return new DatasetView(
        row.name,
        source(row),
        row.digest,
        row.licence,
        row.builtin ? Catalog.find(row.name).map(Catalog::normalization).orElse(null) : null,
        preparations.of(row.name));
  }

  private Source source(DatasetEntity row) {
    try {
      return codec.decode(row.source.getBytes(UTF_8), Source.class);
    } catch (MessageFormatException e) {
      throw new IllegalStateException("the database holds JSON of another version", e);
    }
  }

  private String json(Object value) {
    return new String(codec.encode(value), UTF_8);
  }

  @Override
  public Optional<Source> source(String dataset) {
    return row(dataset).map(this::source);
  }

  @Override
  public List<String> names() {
    List<DatasetEntity> rows = DatasetEntity.list("order by name");
    return rows.stream().map(row -> row.name).toList();
  }

  @Override
  public void read(String dataset, String digest) {
    DatasetEntity.update("digest = ?1 where name = ?2", digest, dataset);
  }
}
