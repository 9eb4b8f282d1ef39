package io.github.aimlvideo.batch;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Enumeration;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** The clock of a host that is wrong: what the classes of the class path read instead. */
public final class ShiftedClock {
  private static final String SELF = ShiftedClock.class.getName().replace('.', '/');
  private static volatile long offset;

  private ShiftedClock() {}

  /** Sets how wrong it is. */
  public static void set(Duration newOffset) {
    offset = newOffset.toMillis();
  }

  /** As {@link System#currentTimeMillis}. */
  public static long currentTimeMillis() {
    return System.currentTimeMillis() + offset;
  }

  /** As {@link Instant#now()}. */
  public static Instant now() {
    return Instant.now().plusMillis(offset);
  }

  /** Loads all classes of the class path again, with this clock. */
  static final class Loader extends ClassLoader {
    private final ClassLoader original = ShiftedClock.class.getClassLoader();

    Loader() {
      super(getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      try (InputStream in = original.getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (in == null) throw new ClassNotFoundException(name);
        ClassReader reader = new ClassReader(in.readAllBytes());
        ClassWriter writer = new ClassWriter(reader, 0);
        boolean self = name.equals(ShiftedClock.class.getName());
        reader.accept(self ? writer : new Shifting(writer), 0);
        byte[] bytes = writer.toByteArray();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }

    @Override
    protected URL findResource(String name) {
      return original.getResource(name);
    }

    @Override
    protected Enumeration<URL> findResources(String name) throws IOException {
      return original.getResources(name);
    }
  }

  private static boolean isClock(String owner, String name, String descriptor) {
    return owner.equals("java/lang/System") && name.equals("currentTimeMillis")
        || owner.equals("java/time/Instant")
            && name.equals("now")
            && descriptor.equals("()Ljava/time/Instant;");
  }

  private static final class Shifting extends ClassVisitor {
    Shifting(ClassVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      return new MethodVisitor(
          Opcodes.ASM9, super.visitMethod(access, name, descriptor, signature, exceptions)) {
        @Override
        public void visitMethodInsn(
            int opcode, String owner, String method, String type, boolean ofInterface) {
          String actual = isClock(owner, method, type) ? SELF : owner;
          super.visitMethodInsn(opcode, actual, method, type, ofInterface);
        }

        @Override
        public void visitInvokeDynamicInsn(
            String method, String type, Handle bootstrap, Object... arguments) {
          Object[] actual = Arrays.stream(arguments).map(ShiftedClock::shifted).toArray();
          super.visitInvokeDynamicInsn(method, type, bootstrap, actual);
        }
      };
    }
  }

  private static Object shifted(Object argument) {
    boolean clock =
        argument instanceof Handle handle
            && isClock(handle.getOwner(), handle.getName(), handle.getDesc());
    if (!clock) return argument;
    Handle handle = (Handle) argument;
    return new Handle(handle.getTag(), SELF, handle.getName(), handle.getDesc(), false);
  }
}
