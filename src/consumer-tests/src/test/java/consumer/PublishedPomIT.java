package consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The published POMs declare what a consumer needs, and nothing optional. */
class PublishedPomIT {
  @Test
  void theClientDeclaresWhatItUses() throws Exception {
    assertThat(dependencies("aiml-video-client"))
        .containsExactlyInAnyOrder(
            "retrofit", "okhttp", "okhttp-jvm", "kotlin-stdlib", "gson", "jspecify");
  }

  @Test
  void testingDeclaresTheClientAndTheApiOfJUnit() throws Exception {
    assertThat(dependencies("aiml-video-testing"))
        .containsExactlyInAnyOrder("aiml-video-client", "junit-jupiter-api");
  }

  @Test
  void theBatchDeclaresItsEngineAndSqlite() throws Exception {
    assertThat(dependencies("aiml-video-batch"))
        .containsExactlyInAnyOrder(
            "aiml-video-client",
            "db-scheduler",
            "HikariCP",
            "sqlite-jdbc",
            "slf4j-api",
            "jspecify");
  }

  @Test
  void needsNoParent() throws Exception {
    for (String artifactId :
        List.of("aiml-video-client", "aiml-video-testing", "aiml-video-batch")) {
      Document pom = pom(artifactId);
      for (String element : List.of("parent", "dependencyManagement", "build", "profiles")) {
        assertThat(pom.getElementsByTagName(element).getLength()).as(element).isZero();
      }
      assertThat(text(pom.getDocumentElement(), "url"))
          .isEqualTo("https://github.com/aimlvideo/aiml-video");
      assertThat(pom.getDocumentElement().getTextContent()).doesNotContain("${");
    }
  }

  /** The dependencies that a consumer gets; others than those of scope test need a reason. */
  private static List<String> dependencies(String artifactId) throws Exception {
    List<String> found = new ArrayList<>();
    NodeList all = pom(artifactId).getElementsByTagName("dependency");
    for (int i = 0; i < all.getLength(); i++) {
      Element dependency = (Element) all.item(i);
      String scope = text(dependency, "scope");
      if (scope.equals("test")) continue;
      assertThat(scope).as("scope of %s", text(dependency, "artifactId")).isIn("", "compile");
      assertThat(text(dependency, "optional")).isEmpty();
      assertThat(text(dependency, "classifier")).isEmpty();
      found.add(text(dependency, "artifactId"));
    }
    return found;
  }

  private static Document pom(String artifactId) throws Exception {
    String entry = "META-INF/maven/io.github.aimlvideo/" + artifactId + "/pom.xml";
    try (JarFile jar = new JarFile(Jars.named(artifactId).toFile());
        InputStream pom = jar.getInputStream(jar.getEntry(entry))) {
      return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom);
    }
  }

  /** The text of the first such element, which precedes the exclusions; "" if there is none. */
  private static String text(Element parent, String name) {
    NodeList found = parent.getElementsByTagName(name);
    return found.getLength() == 0 ? "" : found.item(0).getTextContent().trim();
  }
}
