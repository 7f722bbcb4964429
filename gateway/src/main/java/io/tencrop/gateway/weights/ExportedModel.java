package io.tencrop.gateway.weights;

import io.tencrop.storage.FileCache;
import io.tencrop.vision.safetensors.SafetensorsFile;
import io.tencrop.vision.script.ModelExport;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** A TorchScript model that is about to be written. */
public final class ExportedModel {
  private final ModelExport export;
  private final Map<String, byte[]> extraFiles;
  private final Weights weights;

  /** Brings the weights file. */
  interface Weights {
    FileCache.Lease lease() throws IOException;
  }

  ExportedModel(ModelExport export, Map<String, byte[]> extraFiles, Weights weights) {
    this.export = export;
    this.extraFiles = extraFiles;
    this.weights = weights;
  }

  /** Writes it and closes the stream. */
  public void write(OutputStream out) throws IOException {
    try (FileCache.Lease lease = weights.lease();
        SafetensorsFile file = SafetensorsFile.open(lease.path())) {
      export.write(file, extraFiles, out);
    }
  }
}
