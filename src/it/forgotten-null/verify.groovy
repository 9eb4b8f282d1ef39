def log = new File(basedir, 'build.log').text
new File(basedir, 'src/main/kotlin/Forgotten.kt').readLines().eachWithIndex { line, index ->
  // the two forms in which Kotlin prints a position
  def refused = ["Forgotten.kt:[${index + 1},", "Forgotten.kt:${index + 1}:"].any { log.contains(it) }
  assert refused == line.endsWith('// refused'): "line ${index + 1} of Forgotten.kt: ${line}"
}
