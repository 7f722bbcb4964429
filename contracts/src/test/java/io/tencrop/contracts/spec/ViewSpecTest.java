package io.tencrop.contracts.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViewSpecTest {
  @ParameterizedTest
  @CsvSource({
    "center, center, 1",
    "flip, flip, 2",
    "tenCrop, tenCrop, 10",
    "centerMirrored+center, flip, 2",
    "tenCrop + flip + topLeft, tenCrop, 10",
    "center+topRight+bottomRight+bottomLeft+topLeft, fiveCrop, 5",
    "centerMirrored+fiveCrop, fiveCrop+centerMirrored, 6",
    "topLeftMirrored+flip+topLeft, flip+topLeft+topLeftMirrored, 4",
    "center@72+center@64, center@64+center@72, 2",
    "center@64+tenCrop+flip@64, tenCrop+flip@64, 12",
  })
  void sameCropsHaveOneName(String expression, String label, int crops) {
    ViewSpec view = new ViewSpec(expression);
    assertThat(view.label()).isEqualTo(label);
    assertThat(view.crops()).isEqualTo(crops);
    assertThat(view).isEqualTo(new ViewSpec(label)).hasSameHashCodeAs(new ViewSpec(label));
  }

  @Test
  void cropsAreInTorchvisionsOrderAndByScale() {
    assertThat(new ViewSpec("topLeft@80+tenCrop+bottomLeft@80").scales())
        .containsExactly(
            new ViewSpec.Scale(null, CropName.ALL),
            new ViewSpec.Scale(80, List.of(CropName.TOP_LEFT, CropName.BOTTOM_LEFT)));
  }

  @Test
  void jsonIsTheLabel() throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    List<ViewSpec> views =
        mapper.readValue("[\"center\", \"flip+tenCrop@72\"]", new TypeReference<>() {});
    assertThat(views).containsExactly(ViewSpec.CENTER, new ViewSpec("flip+tenCrop@72"));
    assertThat(mapper.writeValueAsString(views)).isEqualTo("[\"center\",\"flip+tenCrop@72\"]");
  }

  @Test
  void fewCropsComeFirst() {
    List<ViewSpec> views =
        List.of(
            ViewSpec.TEN_CROP,
            ViewSpec.FLIP,
            new ViewSpec("center@9"),
            ViewSpec.FIVE_CROP,
            ViewSpec.CENTER);
    assertThat(views.stream().sorted())
        .extracting(ViewSpec::label)
        .containsExactly("center", "center@9", "flip", "fiveCrop", "tenCrop");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "tencrop | 'tencrop' in the view 'tencrop' is no crop; there are center, flip",
        "center+ | '' in the view 'center+' is no crop",
        "center@ | '@' in the view 'center@' is no size",
        "center@0 | '@0' in the view",
        "center@5000 | 1 to 4096",
        "center@64@72 | '@64@72' in the view",
        "center@-64 | '@-64' in the view",
      })
  void refusesWhatIsNoView(String expression, String message) {
    assertThatThrownBy(() -> new ViewSpec(expression))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesTooManyCropsAndTooLongNames() {
    String scales =
        IntStream.rangeClosed(40, 54)
            .mapToObj(side -> "tenCrop@" + side)
            .collect(Collectors.joining("+"));
    assertThatThrownBy(() -> new ViewSpec(scales))
        .hasMessageContaining("takes 150 crops of an image; at most 144");
    String corners =
        IntStream.rangeClosed(40, 59)
            .mapToObj(side -> "topRightMirrored@" + side)
            .collect(Collectors.joining("+"));
    assertThatThrownBy(() -> new ViewSpec(corners)).hasMessageContaining("more than 200");
  }

  @ParameterizedTest
  @CsvSource({
    "tenCrop, , 36, 'tenCrop needs preparation.crop, smaller'",
    "center@40, , 36, 'center@40 needs preparation.crop'",
    "tenCrop, 32, 32, both are 32",
    "tenCrop+flip@32+topLeft@32, 32, 36, flip@32+topLeft@32 needs",
    "center@30, 32, 36, 'center@30 makes the image smaller than preparation.crop, which is 32'",
  })
  void tellsWhatCannotBeHad(String view, Integer crop, Integer stored, String objection) {
    assertThat(new ViewSpec(view).objection(crop, stored))
        .hasValueSatisfying(text -> assertThat(text).contains(objection));
  }

  @ParameterizedTest
  @CsvSource({"center, , ", "flip, 32, 32", "tenCrop, 32, ", "center@32+tenCrop@33, 32, 32"})
  void hasNoObjectionToTheRest(String view, Integer crop, Integer stored) {
    assertThat(new ViewSpec(view).objection(crop, stored)).isEmpty();
  }
}
