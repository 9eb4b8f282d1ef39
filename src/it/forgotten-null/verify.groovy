def log = new File(basedir, 'build.log').text
new File(basedir, 'src/main/kotlin/Forgotten.kt').readLines().eachWithIndex { line, index ->
  def place = "Forgotten.kt:[${index + 1},"
  def place2 = "Forgotten.kt:${index + 1}:"
  def refused = log.contains(place) || log.contains(place2)
  assert refused == line.endsWith('// refused'): "line ${index + 1} of Forgotten.kt: ${line}"
}
