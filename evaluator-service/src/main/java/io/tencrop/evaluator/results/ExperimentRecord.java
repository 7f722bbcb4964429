package io.tencrop.evaluator.results;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** What the database knows of an experiment beside its results. */
@Entity
@Immutable
@Table(name = "experiment")
class ExperimentRecord {
  @Id
  @Column(name = "id")
  UUID id;

  /** JSON of {@code PreparedDataset}. */
  @Column(name = "dataset")
  String dataset;

  /** JSON of the request that the report was composed for; absent where it was not kept. */
  @Column(name = "request")
  @Nullable String request;

  /** JSON of {@code ExperimentResults}; absent until the report is composed. */
  @Column(name = "report")
  @Nullable String report;
}
