package io.tencrop.vision.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.tencrop.vision.data.ArrayImages;
import io.tencrop.vision.data.ImageSet;
import io.tencrop.vision.engine.NetworkWeights;
import io.tencrop.vision.network.ActivationShape;
import io.tencrop.vision.network.Architectures;
import io.tencrop.vision.network.Network;
import io.tencrop.vision.recipe.InputTransform;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PatchWhiteningTest {
  private static final InputTransform INPUT =
      new InputTransform(null, false, List.of(0.4, 0.5, 0.6), List.of(0.2, 0.3, 0.4));

  /** What comes out of the first filters has covariance 1, and their opposites follow. */
  @Test
  void filtersWhitenThePatches() throws Exception {
    ImageSet images = ArrayImages.squares(40, 2, 3, 32, 5);
    Network network =
        Architectures.create("airbench", Map.of()).network(ActivationShape.image(3, 32, 32), 2);
    NetworkWeights initial = NetworkWeights.initial(network, 1);
    NetworkWeights whitened = PatchWhitening.of(initial, network, images, INPUT);
    assertThat(whitened.parameters().subList(1, whitened.parameters().size()))
        .isEqualTo(initial.parameters().subList(1, whitened.parameters().size()));
    float[] filters = new float[24 * 12];
    whitened.parameters().get(0).values().duplicate().get(filters);
    double[][] covariance = PatchWhitening.covariance(images, INPUT, 2);
    for (int i = 0; i < 12; i++) {
      for (int j = 0; j < 12; j++) {
        double sum = 0;
        for (int k = 0; k < 12; k++) {
          for (int l = 0; l < 12; l++) {
            sum += filters[i * 12 + k] * covariance[k][l] * filters[j * 12 + l];
          }
        }
        assertThat(sum).isCloseTo(i == j ? 1 : 0, Offset.offset(0.1));
      }
      for (int k = 0; k < 12; k++) {
        assertThat(filters[(12 + i) * 12 + k]).isEqualTo(-filters[i * 12 + k]);
      }
    }
  }
}
