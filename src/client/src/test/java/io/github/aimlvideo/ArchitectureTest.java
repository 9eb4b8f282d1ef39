package io.github.aimlvideo;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The borders between the rooms of the client. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.github.aimlvideo");

  /** The builder makes the client, and an untyped request asks for its typed form. */
  private static final Class<?>[] ENTRIES = {VideoClientBuilder.class, UntypedVideoRequest.class};

  @Test
  void onlyTheEntriesOfTheApiUseTheInternals() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.github.aimlvideo.internal..")
        .and()
        .doNotBelongToAnyOf(ENTRIES)
        .and()
        .resideOutsideOfPackage("io.github.aimlvideo.model") // annotated with constraints
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.github.aimlvideo.internal..")
                .and(not(resideInAPackage("..internal.values")))) // depends on nothing
        .check(CLASSES);
  }

  /** The API is one slice: its models implement its request, which is what they are for. */
  @Test
  void packagesFormNoCycle() {
    slices()
        .assignedFrom(by(ArchitectureTest::room))
        .should()
        .beFreeOfCycles()
        .ignoreDependency(belongToAnyOf(ENTRIES), alwaysTrue())
        .ignoreDependency(resideInAPackage("..model"), nameMatching(".*Constraint"))
        .check(CLASSES);
  }

  private static String room(JavaClass type) {
    String name = type.getPackageName();
    return name.contains(".internal") || name.endsWith(".kling") ? name : "the API";
  }

  /** Nested classes belong to their outermost class. */
  @Test
  void classesFormNoCycle() {
    slices()
        .assignedFrom(by(type -> type.getName().replaceFirst("\\$.*", "")))
        .should()
        .beFreeOfCycles()
        .ignoreDependency(VideoClient.class, VideoClientBuilder.class) // VideoClient.builder()
        .check(CLASSES);
  }

  private static SliceAssignment by(java.util.function.Function<JavaClass, String> name) {
    return new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass type) {
        boolean ours = type.getName().startsWith("io.github.aimlvideo");
        return ours ? SliceIdentifier.of(name.apply(type)) : SliceIdentifier.ignore();
      }

      @Override
      public String getDescription() {
        return "slices of the client";
      }
    };
  }

  @Test
  void noPackageIsCrowded() {
    Map<String, Long> sizes =
        CLASSES.stream()
            .filter(JavaClass::isTopLevelClass)
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .filter(type -> !type.getPackageName().endsWith(".model")) // generated
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));

    assertThat(sizes).allSatisfy((name, size) -> assertThat(size).as(name).isLessThan(21));
  }

  @Test
  void otherModulesUseNoInternals() throws IOException {
    try (Stream<Path> sources = Files.walk(Path.of(".."))) {
      List<Path> java =
          sources
              .filter(file -> file.toString().matches("\\.\\./[a-z-]+/src/.*\\.(java|kt)"))
              .filter(file -> !file.startsWith("../client"))
              .toList();

      assertThat(java).hasSizeGreaterThan(50);
      assertThat(java).noneMatch(ArchitectureTest::importsInternals);
    }
  }

  private static boolean importsInternals(Path file) {
    try {
      return Files.readString(file).contains("import io.github.aimlvideo.internal");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
