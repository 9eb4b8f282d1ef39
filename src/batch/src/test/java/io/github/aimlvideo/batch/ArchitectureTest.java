package io.github.aimlvideo.batch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The borders between the rooms of a batch. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.github.aimlvideo.batch");

  @Test
  void internalPackagesFormNoCycle() {
    slices()
        .matching("io.github.aimlvideo.batch.internal.(*)")
        .should()
        .beFreeOfCycles()
        .check(CLASSES);
  }

  @Test
  void databaseKnowsNothingOfRows() {
    noClasses()
        .that()
        .resideInAPackage("..internal.database")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..internal.store", "..internal.steps")
        .check(CLASSES);
  }

  @Test
  void noPackageIsCrowded() {
    var sizes =
        CLASSES.stream()
            .filter(JavaClass::isTopLevelClass)
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));

    assertThat(sizes).hasSize(6);
    assertThat(sizes).allSatisfy((name, size) -> assertThat(size).as(name).isLessThan(21));
  }
}
