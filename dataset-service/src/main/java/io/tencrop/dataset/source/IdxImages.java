package io.tencrop.dataset.source;

import io.tencrop.contracts.FailureCode;
import io.tencrop.dataset.source.SourceFiles.LocalFile;
import io.tencrop.dataset.source.SourceSnapshot.Part;
import io.tencrop.messaging.PermanentFailureException;
import io.tencrop.vision.data.Bitmap;
import io.tencrop.vision.data.IdxFormatException;
import io.tencrop.vision.data.IdxReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the image files of an IDX source from front to back. */
final class IdxImages implements SourceImages {
  private final SourceSnapshot snapshot;
  private final SourceFiles files;
  private final int trainSize;
  private @Nullable Open train;
  private @Nullable Open test;

  IdxImages(SourceSnapshot snapshot, SourceFiles files) {
    this.snapshot = snapshot;
    this.files = files;
    this.trainSize = snapshot.ids(Part.TRAIN).length;
  }

  private record Open(LocalFile file, IdxReader reader) {}

  @Override
  public Bitmap read(int id) throws IOException {
    boolean inTrain = id < trainSize;
    IdxReader reader = inTrain ? train() : test();
    try {
      reader.skipTo(inTrain ? id : id - trainSize);
      return reader.next();
    } catch (IdxFormatException e) {
      throw new PermanentFailureException(
          FailureCode.SOURCE_INVALID, String.valueOf(e.getMessage()), e);
    }
  }

  private IdxReader train() throws IOException {
    if (train == null) {
      train = open(IdxSource.TRAIN_IMAGES);
    }
    return train.reader();
  }

  private IdxReader test() throws IOException {
    if (test == null) {
      test = open(IdxSource.TEST_IMAGES);
    }
    return test.reader();
  }

  private Open open(String role) throws IOException {
    LocalFile file = files.open(snapshot.file(role));
    try {
      return new Open(file, IdxReader.images(file.path()));
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    for (Open open : new @Nullable Open[] {train, test}) {
      if (open != null) {
        open.reader().close();
        open.file().close();
      }
    }
  }
}
