package io.tencrop.contracts;

import java.util.List;
import java.util.UUID;

/** Buckets of the object store, and where in them things lie. */
public final class Buckets {
  public static final String DATASETS = "tencrop-datasets";
  public static final String CHECKPOINTS = "tencrop-checkpoints";
  public static final String LOGITS = "tencrop-logits";
  public static final String UPLOADS = "tencrop-uploads";
  public static final List<String> ALL = List.of(DATASETS, CHECKPOINTS, LOGITS, UPLOADS);

  private Buckets() {}

  /** In {@link #DATASETS}: the manifest of a prepared data set, a {@code data.PreparedManifest}. */
  public static String preparedManifest(String preparedId) {
    return "prepared/" + preparedId + "/manifest.json";
  }

  /** In {@link #DATASETS}: a shard of a prepared data set. */
  public static String shard(String preparedId, String split, int index) {
    return "prepared/%s/%s-%05d.safetensors".formatted(preparedId, split, index);
  }

  /** In {@link #UPLOADS}: a file that somebody uploaded. */
  public static String upload(UUID id) {
    return "uploads/" + id;
  }

  /** In {@link #UPLOADS}: what is known of it, an {@code api.UploadView}. */
  public static String uploadDescription(UUID id) {
    return "uploads/" + id + ".json";
  }

  /** In {@link #CHECKPOINTS}: the manifest of a checkpoint, a {@code data.CheckpointManifest}. */
  public static String checkpointManifest(String checkpointId) {
    return "manifests/" + checkpointId + ".json";
  }

  /** In {@link #CHECKPOINTS}: parameters and buffers, named by their SHA-256. */
  public static String weights(String sha256) {
    return "weights/" + sha256 + ".safetensors";
  }

  /** In {@link #CHECKPOINTS}: the optimizer's state, named by its SHA-256. */
  public static String optimizerState(String sha256) {
    return "optimizer/" + sha256 + ".safetensors";
  }

  /** In {@link #LOGITS}: what a teacher answers over training images, named by its SHA-256. */
  public static String teacher(String sha256) {
    return "teachers/" + sha256 + ".safetensors";
  }

  /** In {@link #LOGITS}: the logits of one checkpoint over one split of a prepared data set. */
  public static String logits(
      String weightsSha256, String preparedId, String inputId, String split, String view) {
    return "%s/%s/%s/%s-%s.safetensors".formatted(preparedId, inputId, weightsSha256, split, view);
  }

  /**
   * In {@link #LOGITS}: what the parts of a split's logits begin with until all are there.
   *
   * @param views a short name of the views that they are for
   * @param images of each part but the last
   */
  public static String logitParts(
      String weightsSha256,
      String preparedId,
      String inputId,
      String split,
      String views,
      int images) {
    return "%s/%s/%s/parts/%s-%s-%d/"
        .formatted(preparedId, inputId, weightsSha256, split, views, images);
  }
}
