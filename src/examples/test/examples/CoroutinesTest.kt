package examples

import io.github.aimlvideo.GenerationFailedException
import io.github.aimlvideo.Image
import io.github.aimlvideo.VideoRequest
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest
import io.github.aimlvideo.testing.Life
import io.github.aimlvideo.testing.VideoApiMock
import java.nio.file.Files
import java.nio.file.Path
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.api.extension.RegisterExtension
import org.junit.jupiter.api.io.TempDir

class CoroutinesTest {
  @TempDir lateinit var folder: Path

  @Test
  fun makesFilmsSideBySide() {
    val requests = (1..3).associate { folder.resolve("$it.mp4") to request("film $it") }

    val films = mock.clientBuilder().build().use { client -> runBlocking { client.films(requests) } }

    assertThat(films).containsExactlyElementsOf(requests.keys).allMatch { Files.exists(it) }
    assertThat(mock.creates()).hasSize(3)
  }

  @Test
  fun aFailureIsThrownWhereTheFilmIsAwaited() {
    mock.nextGeneration(Life.failed("content_policy", "The picture shows a fish."))

    mock.clientBuilder().build().use { client ->
      assertThrows<GenerationFailedException> {
        runBlocking { client.film(request("a fish"), folder.resolve("fish.mp4")) }
      }
    }
  }

  private fun request(prompt: String): VideoRequest =
    KlingVideoV1StandardImageToVideoRequest()
      .imageUrl(Image.url("https://example.com/boat.jpg"))
      .prompt(prompt)

  companion object {
    @JvmField @RegisterExtension val mock = VideoApiMock()
  }
}
