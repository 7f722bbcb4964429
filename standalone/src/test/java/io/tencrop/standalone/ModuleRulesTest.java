package io.tencrop.standalone;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which module may see which, over the compiled classes of all of them. */
class ModuleRulesTest {
  private static final Map<String, String> MODULES =
      Map.of(
          "contracts", "io.tencrop.contracts",
          "vision", "io.tencrop.vision",
          "storage", "io.tencrop.storage",
          "messaging", "io.tencrop.messaging",
          "gateway", "io.tencrop.gateway",
          "dataset-service", "io.tencrop.dataset",
          "trainer-service", "io.tencrop.trainer",
          "evaluator-service", "io.tencrop.evaluator",
          "standalone", "io.tencrop.standalone");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .importPaths(
              MODULES.keySet().stream()
                  .map(module -> Path.of("..", module, "target", "classes"))
                  .toList());

  /** What each module may see of the project. */
  static Stream<Arguments> permissions() {
    return Stream.of(
        Arguments.of("contracts", List.of()),
        Arguments.of("vision", List.of()),
        Arguments.of("storage", List.of()),
        Arguments.of("messaging", List.of("contracts")),
        Arguments.of("gateway", List.of("contracts", "messaging", "storage", "vision")),
        Arguments.of("dataset-service", List.of("contracts", "messaging", "storage", "vision")),
        Arguments.of("trainer-service", List.of("contracts", "messaging", "storage", "vision")),
        Arguments.of("evaluator-service", List.of("contracts", "messaging", "storage", "vision")),
        Arguments.of("standalone", List.of("contracts", "messaging", "storage", "vision")));
  }

  @Test
  void classesOfEveryModuleWereScanned() {
    assertThat(permissions()).hasSameSizeAs(MODULES.keySet());
    MODULES
        .values()
        .forEach(
            name ->
                assertThat(CLASSES.that(resideInAPackage(name + "..")))
                    .as("classes of " + name)
                    .hasSizeGreaterThan(10));
  }

  @ParameterizedTest
  @MethodSource("permissions")
  void seesOnlyWhatItMay(String module, List<String> permitted) {
    String[] others =
        MODULES.keySet().stream()
            .filter(other -> !other.equals(module) && !permitted.contains(other))
            .map(other -> MODULES.get(other) + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(MODULES.get(module) + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others)
        .check(CLASSES);
  }

  @Test
  void librariesDoNotKnowTheServicesFramework() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.tencrop.contracts..",
            "io.tencrop.vision..",
            "io.tencrop.storage..",
            "io.tencrop.messaging..",
            "io.tencrop.standalone..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.quarkus..", "jakarta..", "org.eclipse.microprofile..")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.tencrop.(**)").should().beFreeOfCycles().check(CLASSES);
  }
}
