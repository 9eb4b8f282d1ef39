package consumer

import io.github.aimlvideo.Image
import io.github.aimlvideo.VideoClient
import io.github.aimlvideo.VideoGeneration
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Test

/** The public types from Kotlin, which refuses to compile what forgets a null. */
class KotlinTest {
  private val request =
    KlingVideoV1StandardImageToVideoRequest()
      .imageUrl(Image.url("https://example.com/boat.jpg"))
      .prompt("The boat sails on.")

  @Test
  fun optionalPropertiesMayBeNull() {
    val duration: Int? = request.duration
    val model: String = request.model

    assertNull(duration)
    assertEquals("kling-video/v1/standard/image-to-video", model)
  }

  /** Compiled, that is the test; src/it/forgotten-null is what must not compile. */
  @Suppress("unused")
  private fun whatIsAlwaysThereIsNotNull(client: VideoClient): String {
    val film: VideoGeneration = client.generate(request)
    val link: String? = film.videoUrl().orElse(null)
    return film.id() + link.orEmpty()
  }
}
