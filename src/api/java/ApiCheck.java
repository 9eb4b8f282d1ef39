import japicmp.cmp.JApiCmpArchive;
import japicmp.cmp.JarArchiveComparator;
import japicmp.cmp.JarArchiveComparatorOptions;
import japicmp.filter.JavadocLikePackageFilter;
import japicmp.model.AccessModifier;
import japicmp.model.JApiBehavior;
import japicmp.model.JApiChangeStatus;
import japicmp.model.JApiClass;
import japicmp.model.JApiCompatibility;
import japicmp.model.JApiCompatibilityChange;
import japicmp.model.JApiHasChangeStatus;
import japicmp.model.JApiMethod;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Holds the public and protected API of jars against that of older ones: OLD_JARS NEW_JARS ACCEPTED
 * [RELEASE]. Against a release it also tells what is accepted in vain.
 */
final class ApiCheck {
  private static final String BECAUSE = " \u2014 ";

  private final TreeSet<String> added = new TreeSet<>();
  private final TreeSet<String> breaks = new TreeSet<>();

  public static void main(String[] args) {
    System.setOut(new PrintStream(System.out, true, StandardCharsets.UTF_8));
    ApiCheck check = new ApiCheck();
    try {
      Map<String, String> accepted = accepted(Path.of(args[2]));
      check.compare(archives(args[0]), archives(args[1]));
      if (args.length > 3) check.tellStale(accepted);
      System.exit(check.report(accepted) ? 0 : 1);
    } catch (IOException e) {
      System.err.println("api-check: " + e.getMessage());
      System.exit(1);
    }
  }

  private static List<JApiCmpArchive> archives(String path) {
    return Arrays.stream(path.split(File.pathSeparator))
        .map(jar -> new JApiCmpArchive(new File(jar), ""))
        .toList();
  }

  private static Map<String, String> accepted(Path file) throws IOException {
    Map<String, String> reasons = new TreeMap<>();
    for (String line : Files.readAllLines(file)) {
      if (line.isBlank() || line.startsWith("#")) continue;
      String[] parts = line.split(BECAUSE, 2);
      if (parts.length < 2 || parts[1].isBlank())
        throw new IOException(file + " says no reason: " + line);
      reasons.put(parts[0].strip(), parts[1].strip());
    }
    return reasons;
  }

  private void compare(List<JApiCmpArchive> before, List<JApiCmpArchive> now) {
    JarArchiveComparatorOptions options = new JarArchiveComparatorOptions();
    options.setAccessModifier(AccessModifier.PROTECTED);
    // the classes of OkHttp and Retrofit; that a type of theirs is another one is seen by its name
    options.getIgnoreMissingClasses().setIgnoreAllMissingClasses(true);
    // in the testing jar, which needs it; no Javadoc shows it
    options
        .getFilters()
        .getExcludes()
        .add(new JavadocLikePackageFilter("io.github.aimlvideo.cache", true));
    for (JApiClass type : new JarArchiveComparator(options).compare(before, now)) {
      String name = type.getFullyQualifiedName();
      int others = breaks.size();
      look(name, type, type);
      // what is in a class that came or went says no more
      if (type.getChangeStatus() == JApiChangeStatus.NEW
          || type.getChangeStatus() == JApiChangeStatus.REMOVED) continue;
      look(name + " extends", type.getSuperclass(), type.getSuperclass());
      type.getInterfaces()
          .forEach(each -> look(name + " implements " + each.getFullyQualifiedName(), each, each));
      type.getFields().forEach(each -> look(name + "." + each.getName(), each, each));
      type.getConstructors().forEach(each -> look(name, each));
      for (JApiMethod each : type.getMethods()) {
        look(name, each);
        look(signature(name, each), each.getReturnType(), each);
      }
      if (!(type.isBinaryCompatible() && type.isSourceCompatible()) && breaks.size() == others)
        breaks.add(name + ": INCOMPATIBLE");
    }
  }

  private static String signature(String type, JApiBehavior each) {
    return type
        + "."
        + each.getName()
        + each.getParameters().stream()
            .map(it -> it.getType())
            .collect(Collectors.joining(", ", "(", ")"));
  }

  private void look(String type, JApiBehavior each) {
    look(signature(type, each), each, each);
    each.getParameters().forEach(it -> look(signature(type, each), it, each));
  }

  private void look(String name, JApiCompatibility element, JApiHasChangeStatus state) {
    for (JApiCompatibilityChange change : element.getCompatibilityChanges()) {
      if (!change.isBinaryCompatible() || !change.isSourceCompatible())
        breaks.add(name + ": " + change.getType());
    }
    if (state.getChangeStatus() == JApiChangeStatus.NEW) added.add(name);
  }

  private void tellStale(Map<String, String> accepted) {
    for (String each : accepted.keySet()) {
      if (!breaks.contains(each))
        System.out.println("  stale     " + each + BECAUSE + "accepted, but not so");
    }
  }

  /** Says what changed; false if callers break by what is not accepted. */
  private boolean report(Map<String, String> accepted) {
    added.forEach(each -> System.out.println("  new       " + each));
    for (String each : breaks) {
      String why = accepted.get(each);
      System.out.println(
          why == null ? "! breaks    " + each : "  accepted  " + each + BECAUSE + why);
    }
    long open = breaks.stream().filter(each -> !accepted.containsKey(each)).count();
    System.out.println(
        open
            + " changes break callers, "
            + (breaks.size() - open)
            + " accepted, "
            + added.size()
            + " additions");
    return open == 0;
  }
}
