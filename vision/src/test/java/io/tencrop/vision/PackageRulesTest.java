package io.tencrop.vision;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.tencrop.vision.training.TrainingSession;
import org.junit.jupiter.api.Test;

class PackageRulesTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.tencrop.vision", "ai.djl.pytorch.jni");

  @Test
  void classesWereScanned() {
    assertThat(CLASSES.contain(TrainingSession.class)).isTrue();
    assertThat(CLASSES.size()).isGreaterThan(40);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.tencrop.vision.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyTheEnginePackageKnowsTheEngine() {
    noClasses()
        .that()
        .resideInAPackage("io.tencrop.vision..")
        .and()
        .resideOutsideOfPackage("io.tencrop.vision.engine..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.djl..")
        .check(CLASSES);
  }

  @Test
  void visionKnowsNeitherTheServicesNorTheirFrameworks() {
    noClasses()
        .that()
        .resideInAPackage("io.tencrop.vision..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.quarkus..",
            "jakarta..",
            "org.apache.kafka..",
            "io.minio..",
            "io.tencrop.contracts..",
            "io.tencrop.storage..",
            "io.tencrop.messaging..")
        .check(CLASSES);
  }
}
