package io.tencrop.dataset.preparation;

import io.tencrop.contracts.api.DatasetRegistration.Source;
import java.util.List;
import java.util.Optional;

/** The registered data sets, as far as preparing needs them. */
public interface SourceLookup {
  /** Where the data set's images are. */
  Optional<Source> source(String dataset);

  /** All names, ascending. */
  List<String> names();

  /** Notes under which digest the source was last read. */
  void read(String dataset, String digest);
}
