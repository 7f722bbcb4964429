package io.tencrop.gateway.spec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.tencrop.contracts.api.Problem.Violation;
import io.tencrop.contracts.spec.AugmentationSpec;
import io.tencrop.contracts.spec.EarlyStoppingSpec;
import io.tencrop.contracts.spec.EmaSpec;
import io.tencrop.contracts.spec.EnsembleSpec;
import io.tencrop.contracts.spec.ExperimentSpec;
import io.tencrop.contracts.spec.LossSpec;
import io.tencrop.contracts.spec.MemoryFormatSpec;
import io.tencrop.contracts.spec.MixSpec;
import io.tencrop.contracts.spec.Normalization;
import io.tencrop.contracts.spec.OptimizerSpec;
import io.tencrop.contracts.spec.PrecisionSpec;
import io.tencrop.contracts.spec.PreparationSpec;
import io.tencrop.contracts.spec.ResizeSpec;
import io.tencrop.contracts.spec.ScheduleSpec;
import io.tencrop.contracts.spec.TrainingSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecReaderTest {
  private static final String HEAD = "name: x\ndataset: d\n";
  private static final String RUNS = "runs: [{architecture: small}]\n";

  private static final String KNOWN = "ab".repeat(32);

  private final SpecReader reader =
      new SpecReader(
          new Shape(),
          new FewNetworks(),
          id ->
              id.equals(KNOWN)
                  ? Optional.of(Map.of("conv.weight", List.of(4L, 3L, 1L, 1L)))
                  : Optional.empty(),
          id -> Optional.empty());

  @Test
  void aSpecWithoutFaultIsReadWithItsDefaults() throws InvalidSpecException {
    ExperimentSpec spec =
        reader.read(
            bytes(
                HEAD
                    + """
                    preparation: {resize: 36, crop: 32, channels: 1, normalize: {mean: [0.286], std: [0.353]}}
                    runs:
                      - architecture: {name: wide, width: 8}
                        seeds: [1, 2]
                        optimizer: {type: sgd, learningRate: 1e-2, momentum: 0.9, nesterov: true}
                      - {name: other, architecture: wide}
                    evaluation:
                      views: [center, tenCrop]
                      ensembles:
                        - {members: all, fusion: weighted, weights: [1, 2, 0.5]}
                        - {members: [wide-s1, other], fusion: vote}
                        - {select: greedy, size: 5}
                    """),
            SpecFormat.YAML);
    assertThat(spec.runs().get(0).architecture().options()).containsEntry("width", 8);
    assertThat(spec.runs().get(0).training().optimizer())
        .isEqualTo(new OptimizerSpec.Sgd(0.01, 0.9, 0, true, 0, true));
    assertThat(spec.runs().get(1).seeds()).containsExactly(0L);
    assertThat(spec.preparation().split().validation()).isEqualTo(0.1);
    assertThat(spec.evaluation().ensembles().get(1).fusion()).isEqualTo(EnsembleSpec.Fusion.VOTE);
  }

  /** Each row: what is added to a spec that is right, then the only violation it gives. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          preparation: {channels: 2}                            | /preparation/channels               | is 2; allowed: 1, 3
          preparation: {resize: 0}                              | /preparation/resize                 | is 0; must be at least 1
          preparation: {resize: big}                            | /preparation/resize                 | is 'big'; must be a whole number or an object
          preparation: {resize: {height: 9}}                    | /preparation/resize                 | must be a side, {height, width} or {shorterSide}
          preparation: {resize: {height: 9, width: 9, shorterSide: 3}} | /preparation/resize          | must be a side, {height, width} or {shorterSide}
          preparation: {resize: {side: 9, shorterSide: 9}}      | /preparation/resize/side            | unknown field
          preparation: {resize: {shorterSide: 5000}}            | /preparation/resize/shorterSide     | is 5000; must be at most 4096
          preparation: {resize: {height: 30, width: 20}, centerCrop: 24} | /preparation/centerCrop    | is 24; must be at most resize, which is 20 x 30
          preparation: {resize: {shorterSide: 40}, centerCrop: 36, crop: 38} | /preparation/crop      | is 38; must be at most centerCrop, which is 36
          preparation: {resize: {shorterSide: 40}, crop: 41}    | /preparation/crop                   | is 41; must be at most resize.shorterSide, which is 40
          preparation: {normalize: imagenet}                    | /preparation/normalize              | is 'imagenet'; must be computed, or {mean
          preparation: {split: {provided: true, stratified: yes please}} | /preparation/split/stratified | must be true or false
          preparation: {resize: 28, crop: 32}                   | /preparation/crop                   | is 32; must be at most resize, which is 28
          preparation: {fastDecode: fast}                       | /preparation/fastDecode             | must be true or false
          preparation: {trainCrop: centre}                      | /preparation/trainCrop              | did you mean 'center'?
          preparation: {flip: true}                             | /preparation/flip                   | unknown field. Allowed here: resize, centerCrop, crop
          preparation: {augment: {operations: [{rotation: {degrees: 5}}]}} | /preparation/augment/variants | is missing
          preparation: {augment: {variants: 0, operations: [{rotation: {degrees: 5}}]}} | /preparation/augment/variants | is 0; must be at least 1
          preparation: {augment: {variants: 2, operations: []}} | /preparation/augment/operations     | has 0 items; must have at least 1
          preparation: {augment: {variants: 2, operations: [{horizontalFlip: {}}]}} | /preparation/augment/operations/0/horizontalFlip | unknown field. Allowed here: randomResizedCrop, rotation
          preparation: {augment: {variants: 2, operations: [{rotation: {}}]}} | /preparation/augment/operations/0/rotation/degrees | is missing
          preparation: {augment: {variants: 2, operations: [{colorJitter: {hue: 0.6}}]}} | /preparation/augment/operations/0/colorJitter/hue | is 0.6; must be at most 0.5
          preparation: {augment: {variants: 2, operations: [{randAugment: {operations: [sheerX]}}]}} | /preparation/augment/operations/0/randAugment/operations/0 | did you mean 'shearX'?
          preparation: {augment: {variants: 2, operations: [{randAugment: {numMagnitudeBins: 9}}]}} | /preparation/augment/operations/0/randAugment/magnitude | is 9; must be less than numMagnitudeBins, which is 9
          preparation: {resize: 32, augment: {variants: 2, operations: [{randomResizedCrop: {size: 28}}]}} | /preparation/augment/operations/0/randomResizedCrop/size | is 28; must be resize, which is 32
          preparation: {augment: {variants: 2, operations: [{randomResizedCrop: {size: 28, scale: [1, 0.5]}}]}} | /preparation/augment/operations/0/randomResizedCrop/scale | is [1.0, 0.5]; the first is the lower bound
          preparation: {split: {train: 0.8, test: 0.1, validation: 0.2}} | /preparation/split         | train 0.8 + validation 0.2 + test 0.1 is 1.1; must be 1
          preparation: {split: {train: 0.9}}                    | /preparation/split/test             | is missing; give train, validation and test
          preparation: {split: {train: 0.9, validation: 0, test: 0.1}} | /preparation/split/validation | is 0; every split needs images
          preparation: {split: {provided: true, train: 0.9}}    | /preparation/split/train            | is not allowed with provided: true
          preparation: {split: {provided: yes, validation: 1}}  | /preparation/split/validation       | must leave something to train on
          preparation: {normalize: {mean: [0.5], std: [0]}}     | /preparation/normalize/std/0        | is 0; must be greater than 0
          evaluation: {views: [tenCrop]}                        | /evaluation/views/0                 | tenCrop needs preparation.crop
          evaluation: {views: [center, tencrop]}                | /evaluation/views/1                 | there is no view 'tencrop'; did you mean 'tenCrop'? Known: center, flip
          evaluation: {views: [center, topleft@72+center]}      | /evaluation/views/1                 | did you mean 'topLeft'?
          evaluation: {views: [center@72x]}                     | /evaluation/views/0                 | '@72x' in the view 'center@72x' is no size
          evaluation: {views: [flip, centerMirrored+center]}    | /evaluation/views/1                 | 'centerMirrored+center' is the same view as 'flip'
          evaluation: {views: [center@72]}                      | /evaluation/views/0                 | center@72 needs preparation.crop
          evaluation: {ensembles: [{members: smal}]}            | /evaluation/ensembles/0/members     | there is no run or group 'smal'; did you mean 'small'?
          evaluation: {ensembles: [{members: [small, small-s0]}]} | /evaluation/ensembles/0/members/1 | names a run that another member names too
          evaluation: {ensembles: [{fusion: weighted}]}         | /evaluation/ensembles/0/weights     | is missing; the fusion weighted needs one, or one per run, of which there are 1
          evaluation: {ensembles: [{fusion: weighted, weights: [1, 2]}]} | /evaluation/ensembles/0/weights | has 2 weights; must have one, or one per run, of which there are 1
          evaluation: {ensembles: [{weights: [1]}]}             | /evaluation/ensembles/0/weights     | is only for the fusion weighted
          evaluation: {ensembles: [{select: greedy}]}           | /evaluation/ensembles/0/size        | is missing; greedy needs how many to pick
          evaluation: {ensembles: [{size: 3}]}                  | /evaluation/ensembles/0/size        | is only for a selection
          evaluation: {swa: {lastEpochs: 1}}                    | /evaluation/swa/lastEpochs          | is 1; must be at least 2
          evaluation: {swa: {lastEpochs: 11}}                   | /evaluation/swa/lastEpochs          | is 11, but run small-s0 has 10 epochs
          evaluation: {ensembles: [{checkpoints: swa}]}         | /evaluation/ensembles/0/checkpoints | needs averages; set evaluation.swa
          evaluation: {ensembles: [{checkpoints: epochs}]}      | /evaluation/ensembles/0/checkpoints | needs the results of every epoch; set evaluation.checkpoints to everyEpoch
          evaluation: {checkpoints: everyEpoch, ensembles: [{checkpoints: epochs, lastEpochs: 11}]} | /evaluation/ensembles/0/lastEpochs | is 11, but run small-s0 has 10 epochs
          evaluation: {ensembles: [{lastEpochs: 2}]}            | /evaluation/ensembles/0/lastEpochs  | is only for checkpoints: epochs
          evaluation: {checkpoints: everyEpoch, ensembles: [{checkpoints: epochs, fusion: weighted, weights: [1, 2]}]} | /evaluation/ensembles/0/weights | has 2 weights; must have one per entry of members
          evaluation: {ensembles: [{greedy: {bags: 2}}]}        | /evaluation/ensembles/0/greedy      | is only for a selection
          evaluation: {ensembles: [{select: greedy, size: 2, greedy: {sortedInitialization: 3}}]} | /evaluation/ensembles/0/greedy/sortedInitialization | is 3; must be at most size, which is 2
          evaluation: {ensembles: [{name: a}, {name: a}]}       | /evaluation/ensembles/1/name        | 'a' is the name of another ensemble too
          evaluation: {checkpoints: lasst}                      | /evaluation/checkpoints             | allowed: last, best, everyEpoch; did you mean 'last'?
          labels: [a, a]                                        | /labels                             | has an item twice
          colour: red                                           | /colour                             | unknown field. Allowed here: name, dataset
          """)
  void oneViolation(String added, String pointer, String detail) {
    assertOnly(HEAD + RUNS + added, pointer, detail);
  }

  /** Each row: a list of run groups, then the only violation it gives. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          [{architecture: smal}]                                | /runs/0/architecture        | there is no architecture 'smal'; did you mean 'small'? Known: small, wide
          [{architecture: {name: vgg}}]                         | /runs/0/architecture/name   | there is no architecture 'vgg'. Known: small, wide
          [{architecture: {width: 3}}]                          | /runs/0/architecture/name   | is missing
          [{architecture: {name: wide, widht: 3}}]              | /runs/0/architecture/widht  | wide has no such option; did you mean 'width'? Allowed: width
          [{architecture: {name: wide, width: 10}}]             | /runs/0/architecture/width  | width is 10; must be from 1 to 9
          [{architecture: 3}]                                   | /runs/0/architecture        | is 3; must be text or an object
          [{epochs: 3}]                                         | /runs/0/architecture        | is missing
          [{architecture: small, epochs: -1}]                   | /runs/0/epochs              | is -1; must be at least 1
          [{architecture: small, epochs: 2.5}]                  | /runs/0/epochs              | is 2.5; must be a whole number
          [{architecture: small, batchSize: '64'}]              | /runs/0/batchSize           | is '64'; must be a whole number
          [{architecture: small, seeds: [1, 2, 1]}]             | /runs/0/seeds/2             | the seed 1 is there twice
          [{architecture: small, seeds: []}]                    | /runs/0/seeds               | has 0 items; must have at least 1
          [{architecture: small, loss: 3}]                      | /runs/0/loss                | is 3; must be text or an object
          [{architecture: small, loss: {labelSmoothing: 0.1}}]  | /runs/0/loss/type           | is missing
          [{architecture: small, loss: {type: crossEntropi}}]   | /runs/0/loss/type           | did you mean 'crossEntropy'?
          [{architecture: small, loss: {type: crossEntropy, smoothing: 0.1}}] | /runs/0/loss/smoothing | unknown field. Allowed here: type, labelSmoothing
          [{architecture: small, loss: {type: crossEntropy, labelSmoothing: 1}}] | /runs/0/loss/labelSmoothing | is 1; must be less than 1
          [{architecture: small, loss: {type: binaryCrossEntropy, labelSmoothing: 0.1}}] | /runs/0/loss/labelSmoothing | is for crossEntropy only; leave it out
          [{architecture: small, schedule: {}}]                 | /runs/0/schedule/type       | is missing
          [{architecture: small, schedule: {type: onecycel}}]   | /runs/0/schedule/type       | allowed: constant, step, cosine, oneCycle; did you mean 'oneCycle'?
          [{architecture: small, schedule: {type: step}}]       | /runs/0/schedule/stepEpochs | is missing
          [{architecture: small, schedule: {type: cosine, gamma: 0.1}}] | /runs/0/schedule/gamma | unknown field. Allowed here: type, warmupEpochs, finalFactor
          [{architecture: small, schedule: {type: oneCycle, warmupEpochs: 1}}] | /runs/0/schedule/warmupEpochs | unknown field. Allowed here: type, pctStart, divFactor, finalDivFactor, anneal
          [{architecture: small, schedule: {type: oneCycle, pctStart: 1}}] | /runs/0/schedule/pctStart | is 1; must be less than 1
          [{architecture: small, schedule: {type: constant, warmupEpochs: 10}}] | /runs/0/schedule/warmupEpochs | is 10; must be less than epochs, which is 10 (the default)
          [{architecture: small, epochs: 2, schedule: {type: cosine, warmupEpochs: 2.5}}] | /runs/0/schedule/warmupEpochs | is 2.5; must be less than epochs, which is 2
          [{architecture: small, precision: float16}]           | /runs/0/precision           | allowed: float32, bfloat16
          [{architecture: small, gradientClipNorm: 0}]          | /runs/0/gradientClipNorm    | is 0; must be greater than 0
          [{architecture: small, ema: {}}]                      | /runs/0/ema/decay           | is missing
          [{architecture: small, ema: {decay: 1}}]              | /runs/0/ema/decay           | is 1; must be less than 1
          [{architecture: small, earlyStopping: {minDelta: 1}}] | /runs/0/earlyStopping/patience | is missing
          [{architecture: small, earlyStopping: {patience: 0}}] | /runs/0/earlyStopping/patience | is 0; must be at least 1
          [{architecture: small, earlyStopping: {patience: 3, monitor: validationAcuracy}}] | /runs/0/earlyStopping/monitor | did you mean 'validationAccuracy'?
          [{architecture: small, augment: {}}]                  | /runs/0/augment             | is an object; must be a list
          [{architecture: small, augment: [{}]}]                | /runs/0/augment/0           | has 0 fields; must have 1
          [{architecture: small, augment: [{horizontalFlip: {}, verticalFlip: {}}]}] | /runs/0/augment/0 | has 2 fields; must have 1
          [{architecture: small, augment: [{horizontlFlip: {}}]}] | /runs/0/augment/0/horizontlFlip | unknown field; did you mean 'horizontalFlip'? Allowed here: randomCrop, horizontalFlip
          [{architecture: small, augment: [{horizontalFlip: {p: 2}}]}] | /runs/0/augment/0/horizontalFlip/p | is 2; must be at most 1
          [{architecture: small, augment: [{randomCrop: {padding: 4}}]}] | /runs/0/augment/0/randomCrop/size | is missing
          [{architecture: small, augment: [{randomCrop: {size: 32, paddingMode: mirror}}]}] | /runs/0/augment/0/randomCrop/paddingMode | allowed: constant, edge, reflect, symmetric
          [{architecture: small, augment: [{randomErasing: {scale: [0.4, 0.2]}}]}] | /runs/0/augment/0/randomErasing/scale | is [0.4, 0.2]; the first is the lower bound
          [{architecture: small, augment: [{randomErasing: {ratio: [0.4]}}]}] | /runs/0/augment/0/randomErasing/ratio | has 1 items; must have at least 2
          [{architecture: small, augment: [{cutout: {}}]}]      | /runs/0/augment/0/cutout/size | is missing
          [{architecture: small, mix: {mixup: {}}}]             | /runs/0/mix                 | is an object; must be a list
          [{architecture: small, mix: [{mixup: {alpha: 0}}]}]   | /runs/0/mix/0/mixup/alpha   | is 0; must be greater than 0
          [{architecture: small, mix: [{mixUp: {}}]}]           | /runs/0/mix/0/mixUp         | unknown field; did you mean 'mixup'?
          [{architecture: small, bodyLearningRateFactor: 0}]    | /runs/0/bodyLearningRateFactor | is 0; must be greater than 0
          [{architecture: small, freeze: conv}]                 | /runs/0/freeze              | is 'conv'; must be a list
          [{architecture: small, optimizer: {type: adamw, decayNormAndBias: 0}}] | /runs/0/optimizer/decayNormAndBias | is 0; must be true or false
          [{architecture: small, loss: bce}]                    | /runs/0/loss                | allowed: crossEntropy, binaryCrossEntropy
          [{architecture: small, optimizer: {type: sdg}}]       | /runs/0/optimizer/type      | allowed: sgd, adam, adamw; did you mean 'sgd'?
          [{architecture: small, optimizer: {}}]                | /runs/0/optimizer/type      | is missing
          [{architecture: small, optimizer: {type: adam, momentum: 0.9}}] | /runs/0/optimizer/momentum | unknown field. Allowed here: type, learningRate, betas
          [{architecture: small, optimizer: {type: sgd, nesterov: true}}] | /runs/0/optimizer/nesterov | needs a momentum greater than 0
          [{architecture: small}, {architecture: small}]        | /runs/1                     | is called 'small' after its architecture, as the group at /runs/0 is; give it a name
          [{architecture: small}, {architecture: wide, name: small}] | /runs/1/name           | 'small' is also the name of the group at /runs/0
          [{architecture: small, name: all}]                    | /runs/0/name                | 'all' stands for every run
          [{architecture: small}, {architecture: wide, name: small-s0}] | /runs/1/name        | is also the name of a run
          [{architecture: small, name: a b}]                    | /runs/0/name                | is 'a b'; must match
          []                                                    | /runs                       | has 0 items; must have at least 1
          """)
  void oneViolationOfRuns(String runs, String pointer, String detail) {
    assertOnly(HEAD + "runs: " + runs, pointer, detail);
  }

  @Test
  void normalizationHasOneValueOrOneForEachChannel() {
    assertThat(violations(HEAD + RUNS + "preparation: {normalize: {mean: [1, 2], std: [1]}}"))
        .extracting(Violation::pointer)
        .containsExactly("/preparation/normalize/mean", "/preparation/normalize");
  }

  @Test
  void aCropAsLargeAsTheImageHasNoTenCrop() {
    assertOnly(
        HEAD + RUNS + "preparation: {resize: 32, crop: 32}\nevaluation: {views: [tenCrop]}",
        "/evaluation/views/0",
        "tenCrop needs a preparation.crop smaller than the stored image's shorter side; both are 32");
  }

  @Test
  void aScaleHoldsTheCrop() {
    assertOnly(
        HEAD
            + RUNS
            + "preparation: {resize: 36, crop: 32}\nevaluation: {views: [tenCrop@34, center@28]}",
        "/evaluation/views/1",
        "center@28 makes the image smaller than preparation.crop, which is 32");
  }

  @Test
  void aFrozenPatternMatchesAParameterAndSomethingIsLeftToTrain() throws InvalidSpecException {
    String head = HEAD + "preparation: {resize: 8}\nruns: [{architecture: wide, freeze: ";
    assertOnly(
        head + "['conv.*', 'haed.*']}]",
        "/runs/0/freeze/1",
        "'haed.*' matches no parameter of wide; did you mean 'head.*'? Its parameters: conv.weight, conv.bias, head.weight, head.bias");
    assertOnly(head + "['con']}]", "/runs/0/freeze/0", "'con' matches no parameter of wide");
    assertOnly(
        head + "['conv.*', '*ead*']}]", "/runs/0/freeze", "leaves no parameter of wide to train");
    assertThat(
            reader
                .read(bytes(head + "['conv.*', '*.bias']}]"), SpecFormat.YAML)
                .runs()
                .get(0)
                .training()
                .freeze())
        .containsExactly("conv.*", "*.bias");
  }

  @Test
  void initialWeightsExistAndAreTheNetworks() throws InvalidSpecException {
    String wide = HEAD + "preparation: {resize: 8, channels: %d}\nruns: [{architecture: wide, %s}]";
    String known = "initialWeights: " + KNOWN;
    assertThat(
            reader
                .read(bytes(wide.formatted(3, known)), SpecFormat.YAML)
                .runs()
                .get(0)
                .training()
                .initialWeights())
        .isEqualTo(KNOWN);
    assertOnly(wide.formatted(1, known), "/runs/0/initialWeights", "do not fit: 3 channels, not 1");
    String nobodys = "cd".repeat(32);
    assertOnly(
        wide.formatted(3, "initialWeights: " + nobodys),
        "/runs/0/initialWeights",
        "there is no checkpoint '%s'".formatted(nobodys));
    assertOnly(
        wide.formatted(3, "initialWeights: resnet18.pth"),
        "/runs/0/initialWeights",
        "is 'resnet18.pth'; must match ^[0-9a-f]{64}$");
  }

  @Test
  void weightsThatCannotBeLookedUpAreNoViolation() {
    SpecReader cut =
        new SpecReader(
            new Shape(),
            new FewNetworks(),
            id -> {
              throw new IOException("the store is away");
            },
            id -> Optional.empty());
    assertThatThrownBy(
            () ->
                cut.read(
                    bytes(
                        HEAD
                            + "runs: [{architecture: small, initialWeights: %s}]".formatted(KNOWN)),
                    SpecFormat.YAML))
        .isInstanceOf(UncheckedIOException.class)
        .hasRootCauseMessage("the store is away");
  }

  @Test
  void trainingOptionsAreTakenOver() throws InvalidSpecException {
    ExperimentSpec spec =
        reader.read(
            bytes(
                HEAD
                    + """
                    runs:
                      - architecture: small
                        optimizer: {type: adamw, decayNormAndBias: false}
                        schedule: {type: oneCycle, anneal: linear}
                        loss: {type: crossEntropy, labelSmoothing: 0.1}
                        batchSize: 32
                        epochs: 3
                        threads: 2
                        precision: bfloat16
                        memoryFormat: channelsLast
                        gradientClipNorm: 1
                        ema: {decay: 0.99}
                        earlyStopping: {patience: 2, monitor: validationAccuracy}
                        augment:
                          - randomCrop: {size: 32, padding: 4, paddingMode: reflect}
                          - horizontalFlip: {}
                          - randomErasing: {p: 0.25}
                        mix: [mixup: {alpha: 0.2}, cutmix: {}]
                        freeze: ['conv.*']
                        bodyLearningRateFactor: 0.1
                    """),
            SpecFormat.YAML);
    assertThat(Expansion.runs(spec).get(0).training())
        .isEqualTo(
            new TrainingSpec(
                new OptimizerSpec.AdamW(0.001, List.of(0.9, 0.999), 1e-8, 0.01, false),
                new ScheduleSpec.OneCycle(0.3, 25, 10_000, ScheduleSpec.Anneal.LINEAR),
                new LossSpec(LossSpec.Type.CROSS_ENTROPY, 0.1),
                32,
                3,
                2,
                PrecisionSpec.BFLOAT16,
                MemoryFormatSpec.CHANNELS_LAST,
                1.0,
                new EmaSpec(0.99),
                new EarlyStoppingSpec(2, 0, EarlyStoppingSpec.Monitor.VALIDATION_ACCURACY),
                List.of(
                    new AugmentationSpec.RandomCrop(32, 4, AugmentationSpec.PaddingMode.REFLECT),
                    new AugmentationSpec.HorizontalFlip(0.5),
                    new AugmentationSpec.RandomErasing(
                        0.25, List.of(0.02, 0.33), List.of(0.3, 3.3), 0)),
                List.of(new MixSpec.Mixup(0.2), new MixSpec.Cutmix(1)),
                List.of("conv.*"),
                0.1,
                null,
                null));
  }

  @Test
  void augmentationLeavesTheSizeThatTheNetworkSees() throws InvalidSpecException {
    String head =
        HEAD + "preparation: {resize: 36, crop: 32}\nruns: [{architecture: small, augment: ";
    assertOnly(
        head + "[{horizontalFlip: {}}, {randomCrop: {size: 28, padding: 4}}]}]",
        "/runs/0/augment/1/randomCrop/size",
        "is 28; must leave what the network sees at its size, which is 32 x 32");
    assertOnly(
        head + "[{randomCrop: {size: 41, padding: 4}}]}]",
        "/runs/0/augment/0/randomCrop/size",
        "is 41; must be at most 40, which is an image's side with a padding of 4");
    ExperimentSpec spec =
        reader.read(
            bytes(
                head
                    + "[{randomCrop: {size: 40, padding: 4}}, {cutout: {size: 8}}, {randomCrop: {size: 32}}]}]"),
            SpecFormat.YAML);
    List<AugmentationSpec> augment = spec.runs().get(0).training().augment();
    assertThat(AugmentRules.objection(augment, 32, 32)).isEmpty();
    assertThat(AugmentRules.objection(augment, 31, 33))
        .hasValue(
            "randomCrop's size is 40; must be at most 39, which is an image's side with a padding of 4");
    assertThat(AugmentRules.objection(augment, 33, 34))
        .hasValue(
            "randomCrop's size is 32; must leave what the network sees at its size, which is 34 x 33");
  }

  @Test
  void anInputThatTheNetworkCannotTakeIsRefusedBeforeTraining() {
    assertOnly(
        HEAD + "preparation: {resize: 4}\nruns: [{architecture: wide}]",
        "/runs/0/architecture",
        "an input of 3x4x4 is too small");
  }

  @Test
  void manyFaultsAreToldAtOnceWithTheirPlaceInTheText() {
    List<Violation> violations =
        violations(
            """
            nmae: x
            dataset: 7
            runs:
              - architecture: nothing
                epochs: 0
              - architecture: small
                epochs: x
            """);
    assertThat(violations)
        .extracting(Violation::pointer)
        .containsExactlyInAnyOrder(
            "/nmae",
            "/name",
            "/dataset",
            "/runs/0/architecture",
            "/runs/0/epochs",
            "/runs/1/epochs");
    assertThat(violations)
        .filteredOn(violation -> violation.pointer().equals("/runs/0/epochs"))
        .singleElement()
        .extracting(Violation::detail)
        .isEqualTo("is 0; must be at least 1 (line 5, column 13)");
  }

  @Test
  void moreThanTenThousandRunsAreRefused() {
    String groups =
        IntStream.range(0, 11)
            .mapToObj(
                group ->
                    "  - {name: g%d, architecture: small, seeds: [%s]}\n"
                        .formatted(
                            group,
                            IntStream.range(0, 1000)
                                .mapToObj(String::valueOf)
                                .collect(Collectors.joining(","))))
            .collect(Collectors.joining());
    assertOnly(HEAD + "runs:\n" + groups, "/runs", "11000 runs in all; must be at most 10000");
  }

  @Test
  void duplicateKeysAreRefused() {
    assertOnly(
        HEAD + "runs: [{architecture: small, epochs: 3, epochs: 4}]",
        "/runs/0/epochs",
        "is there a second time at line 3, column 41; keep one");
    assertThat(violationsOf("{\"name\": \"x\", \"name\": \"y\"}".getBytes(UTF_8), SpecFormat.JSON))
        .singleElement()
        .extracting(Violation::detail)
        .asString()
        .startsWith("malformed JSON at line 1, column 2")
        .contains("Duplicate field 'name'");
  }

  @Test
  void whatIsNoDocumentIsRefusedWithItsPlace() {
    assertOnly("name: [1, 2\nruns: 3", "", "malformed YAML at line 2, column 5");
    assertOnly("name: x\n---\nname: y", "", "malformed YAML at line 2, column 1");
    assertOnly("", "", "the document is empty");
    assertThat(violationsOf("{\"name\": ".getBytes(UTF_8), SpecFormat.JSON))
        .singleElement()
        .extracting(Violation::detail)
        .asString()
        .startsWith("malformed JSON at line 1");
    assertThat(violationsOf("name: \u00e9".getBytes(ISO_8859_1), SpecFormat.YAML))
        .singleElement()
        .extracting(Violation::detail)
        .isEqualTo("the document is not UTF-8 text");
    assertThat(violationsOf("[]".getBytes(UTF_8), SpecFormat.JSON))
        .first()
        .extracting(Violation::detail)
        .isEqualTo("is a list; must be an object");
  }

  @Test
  void aliasBombsAreRefusedQuickly() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int level = 1; level < 12; level++) {
      String alias = "*a" + (level - 1);
      bomb.append(
          "a%d: &a%d [%s]\n"
              .formatted(
                  level,
                  level,
                  String.join(
                      ",",
                      List.of(
                          alias, alias, alias, alias, alias, alias, alias, alias, alias, alias))));
    }
    assertThat(violations(bomb.toString()))
        .singleElement()
        .extracting(Violation::detail)
        .asString()
        .startsWith("the document's aliases expand to more than");
    assertThat(violations("a: &a [*a]"))
        .singleElement()
        .extracting(Violation::detail)
        .asString()
        .contains("50 levels");
    assertThat(violations("[".repeat(5000)))
        .singleElement()
        .extracting(Violation::detail)
        .asString()
        .contains("malformed YAML");
  }

  @Test
  void anchorsAndMergeKeysWork() throws InvalidSpecException {
    ExperimentSpec spec =
        reader.read(
            bytes(
                HEAD
                    + """
                    runs:
                      - &base {architecture: small, epochs: 7, batchSize: 32}
                      - {<<: *base, name: again, batchSize: 16}
                    """),
            SpecFormat.YAML);
    assertThat(spec.runs().get(1).training().epochs()).isEqualTo(7);
    assertThat(spec.runs().get(1).training().batchSize()).isEqualTo(16);
  }

  @Test
  void preparationIsTakenOver() throws InvalidSpecException {
    String preparation =
        "preparation: {resize: {shorterSide: 256}, centerCrop: 224, fastDecode: true, normalize: computed, split: {provided: true, stratified: true}}";
    PreparationSpec spec =
        reader.read(bytes(HEAD + RUNS + preparation), SpecFormat.YAML).preparation();
    assertThat(spec.resize()).isEqualTo(ResizeSpec.shorterSide(256));
    assertThat(spec.shards().centerCrop()).isEqualTo(224);
    assertThat(spec.shards().fastDecode()).isTrue();
    assertThat(spec.split().stratified()).isTrue();
    assertThat(spec.normalize()).isEqualTo(Normalization.COMPUTED);
  }

  @Test
  void nullIsTheSameAsAbsent() throws InvalidSpecException {
    ExperimentSpec spec =
        reader.read(bytes(HEAD + RUNS + "preparation: {resize: null, crop: ~}"), SpecFormat.YAML);
    assertThat(spec.preparation().resize()).isNull();
    assertOnly("name: null\ndataset: d\n" + RUNS, "/name", "is missing");
  }

  private void assertOnly(String yaml, String pointer, String detail) {
    assertThat(violations(yaml))
        .singleElement()
        .satisfies(
            violation -> {
              assertThat(violation.pointer()).isEqualTo(pointer);
              assertThat(violation.detail()).contains(detail);
            });
  }

  private List<Violation> violations(String yaml) {
    return violationsOf(bytes(yaml), SpecFormat.YAML);
  }

  private List<Violation> violationsOf(byte[] document, SpecFormat format) {
    try {
      return fail("no violation, but " + reader.read(document, format));
    } catch (InvalidSpecException e) {
      return e.violations();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
