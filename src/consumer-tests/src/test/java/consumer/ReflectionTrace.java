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
 * Which classes of ours a program reaches by reflection, and how: what the tracing agent of GraalVM
 * tells, found by a debugger that stops at the methods of {@link Class} and of {@link
 * java.lang.reflect.Proxy}.
 */
final class ReflectionTrace {
  private static final String OURS = "io.github.aimlvideo.";

  /** Of Class, each with what native-image must be told to make it work. */
  private static final Map<String, String> WAYS =
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

  /** The class, and the ways in which it was reached. */
  final Map<String, Set<String>> classes = new TreeMap<>();

  /** The interfaces of which a proxy was made. */
  final Set<String> proxies = new TreeSet<>();

  /** What the program printed. */
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
          .filter(method -> WAYS.containsKey(method.name()) || method.name().equals("forName"))
          .forEach(method -> stopAt(program, method));
    }
    watchProxies(program);
    while (true) {
      EventSet events = program.eventQueue().remove();
      for (Event event : events) {
        if (event instanceof VMDisconnectEvent) return;
        if (event instanceof com.sun.jdi.event.ClassPrepareEvent prepared)
          watchProxies(prepared.referenceType());
        if (event instanceof BreakpointEvent reached && isCalledByAProgram(reached.thread())) {
          note(reached.location().method(), reached.thread().frame(0));
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
        .forEach(method -> stopAt(proxy.virtualMachine(), method));
  }

  private static void stopAt(VirtualMachine program, Method method) {
    if (!method.isNative())
      program.eventRequestManager().createBreakpointRequest(method.location()).enable();
  }

  /** Not by the JDK itself, for a lambda, an annotation or an enum, which native-image sees to. */
  private static boolean isCalledByAProgram(ThreadReference thread)
      throws IncompatibleThreadStateException {
    String caller =
        thread.frames().stream()
            .map(StackFrame::location)
            .filter(place -> !isReflection(place))
            .map(place -> place.declaringType().name())
            .findFirst()
            .orElse("");
    return !caller.matches("(java|jdk|sun)\\..*");
  }

  private static boolean isReflection(Location place) {
    return !place.method().name().equals("getEnumConstantsShared")
        && place.declaringType().name().matches("java\\.lang\\.(Class|reflect\\.Proxy)");
  }

  private void note(Method method, StackFrame frame) {
    List<Value> arguments = frame.getArgumentValues();
    switch (method.name()) {
      case "newProxyInstance" ->
          ((ArrayReference) arguments.get(1)).getValues().forEach(type -> noteProxy(name(type)));
      case "forName" -> {
        if (arguments.get(0) instanceof StringReference name) noteClass(name.value(), "name");
      }
      default -> noteClass(name(frame.thisObject()), WAYS.get(method.name()));
    }
  }

  private static String name(Value type) {
    return ((ClassObjectReference) type).reflectedType().name();
  }

  private void noteClass(String name, String way) {
    if (name.startsWith(OURS)) classes.computeIfAbsent(name, key -> new TreeSet<>()).add(way);
  }

  private void noteProxy(String name) {
    if (name.startsWith(OURS)) proxies.add(name);
  }
}
