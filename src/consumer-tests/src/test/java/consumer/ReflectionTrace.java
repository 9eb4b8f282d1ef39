package consumer;

import com.sun.jdi.ArrayReference;
import com.sun.jdi.Bootstrap;
import com.sun.jdi.ClassObjectReference;
import com.sun.jdi.IncompatibleThreadStateException;
import com.sun.jdi.Location;
import com.sun.jdi.Method;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.StackFrame;
import com.sun.jdi.StringReference;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.Value;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.LaunchingConnector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.VMDisconnectEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Records which classes of the library a program uses by reflection, and how. GraalVM's tracing
 * agent does the same; here a debugger stops at the methods of {@link Class} and {@link
 * java.lang.reflect.Proxy}.
 */
final class ReflectionTrace {
  private static final String LIBRARY = "io.github.aimlvideo.";

  /** Methods of {@link Class}, each with the entry that native-image needs for it. */
  private static final Map<String, String> KINDS =
      Map.ofEntries(
          Map.entry("getDeclaredFields", "allDeclaredFields"),
          Map.entry("getDeclaredField", "allDeclaredFields"),
          Map.entry("getFields", "allPublicFields"),
          Map.entry("getField", "allPublicFields"),
          Map.entry("getDeclaredMethods", "allDeclaredMethods"),
          Map.entry("getDeclaredMethod", "allDeclaredMethods"),
          Map.entry("getMethods", "allPublicMethods"),
          Map.entry("getMethod", "allPublicMethods"),
          Map.entry("getDeclaredConstructors", "allDeclaredConstructors"),
          Map.entry("getDeclaredConstructor", "allDeclaredConstructors"),
          Map.entry("getConstructors", "allPublicConstructors"),
          Map.entry("getConstructor", "allPublicConstructors"));

  /** Each class with the kinds of reflection that were used. */
  final Map<String, Set<String>> classes = new TreeMap<>();

  /** The interfaces that a proxy implements. */
  final Set<String> proxies = new TreeSet<>();

  /** The output of the program. */
  List<String> lines = List.of();

  private ReflectionTrace() {}

  static ReflectionTrace of(String classPath, String main, List<String> arguments)
      throws Exception {
    LaunchingConnector launcher = Bootstrap.virtualMachineManager().defaultConnector();
    var settings = launcher.defaultArguments();
    settings.get("options").setValue("-cp \"" + classPath + "\"");
    settings
        .get("main")
        .setValue(
            main
                + " "
                + arguments.stream()
                    .map(text -> '"' + text + '"')
                    .collect(Collectors.joining(" ")));
    VirtualMachine program = launcher.launch(settings);
    ReflectionTrace trace = new ReflectionTrace();
    Process process = program.process();
    try {
      Thread output = new Thread(() -> trace.lines = process.inputReader().lines().toList());
      output.start();
      new Thread(() -> process.errorReader().lines().forEach(System.err::println)).start();
      trace.follow(program);
      output.join();
      return trace;
    } finally {
      process.destroy();
    }
  }

  private void follow(VirtualMachine program) throws Exception {
    for (ReferenceType type : program.classesByName("java.lang.Class")) {
      type.methods().stream()
          .filter(method -> KINDS.containsKey(method.name()) || method.name().equals("forName"))
          .forEach(method -> breakAt(program, method));
    }
    watchProxies(program);
    while (true) {
      EventSet events = program.eventQueue().remove();
      for (Event event : events) {
        if (event instanceof VMDisconnectEvent) return;
        if (event instanceof com.sun.jdi.event.ClassPrepareEvent prepared)
          watchProxies(prepared.referenceType());
        if (event instanceof BreakpointEvent reached && isCalledOutsideTheJdk(reached.thread())) {
          record(reached.location().method(), reached.thread().frame(0));
        }
      }
      events.resume();
    }
  }

  private static void watchProxies(VirtualMachine program) {
    var prepared = program.eventRequestManager().createClassPrepareRequest();
    prepared.addClassFilter("java.lang.reflect.Proxy");
    prepared.enable();
    program.classesByName("java.lang.reflect.Proxy").forEach(ReflectionTrace::watchProxies);
  }

  private static void watchProxies(ReferenceType proxy) {
    proxy.methodsByName("newProxyInstance").stream()
        .filter(Method::isPublic)
        .forEach(method -> breakAt(proxy.virtualMachine(), method));
  }

  private static void breakAt(VirtualMachine program, Method method) {
    if (!method.isNative())
      program.eventRequestManager().createBreakpointRequest(method.location()).enable();
  }

  /** Native-image handles calls by the JDK itself, for a lambda, an annotation or an enum. */
  private static boolean isCalledOutsideTheJdk(ThreadReference thread)
      throws IncompatibleThreadStateException {
    String caller =
        thread.frames().stream()
            .map(StackFrame::location)
            .filter(frame -> !isReflection(frame))
            .map(frame -> frame.declaringType().name())
            .findFirst()
            .orElse("");
    return !caller.matches("(java|jdk|sun)\\..*");
  }

  private static boolean isReflection(Location frame) {
    return !frame.method().name().equals("getEnumConstantsShared")
        && frame.declaringType().name().matches("java\\.lang\\.(Class|reflect\\.Proxy)");
  }

  private void record(Method method, StackFrame frame) {
    List<Value> arguments = frame.getArgumentValues();
    switch (method.name()) {
      case "newProxyInstance" ->
          ((ArrayReference) arguments.get(1)).getValues().forEach(type -> recordProxy(name(type)));
      case "forName" -> {
        if (arguments.get(0) instanceof StringReference name) recordClass(name.value(), "name");
      }
      default -> recordClass(name(frame.thisObject()), KINDS.get(method.name()));
    }
  }

  private static String name(Value type) {
    return ((ClassObjectReference) type).reflectedType().name();
  }

  private void recordClass(String name, String kind) {
    if (name.startsWith(LIBRARY)) classes.computeIfAbsent(name, key -> new TreeSet<>()).add(kind);
  }

  private void recordProxy(String name) {
    if (name.startsWith(LIBRARY)) proxies.add(name);
  }
}
