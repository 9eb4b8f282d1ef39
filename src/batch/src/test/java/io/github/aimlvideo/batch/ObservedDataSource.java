package io.github.aimlvideo.batch;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** A data source that tells what is about to be done with its connections. */
final class ObservedDataSource {
  /** Sees one connection, from when it is taken until it is closed. */
  interface Observer {
    default void onStatement(String sql) throws SQLException {}

    default void onCommit(Connection connection) throws SQLException {}
  }

  private ObservedDataSource() {}

  /** Takes connections from the source, each with an observer of its own. */
  static DataSource of(DataSource source, Supplier<Observer> observers) {
    return proxy(
        DataSource.class,
        (self, method, arguments) -> {
          Object result = call(source, method, arguments);
          return result instanceof Connection connection
              ? connection(connection, observers.get())
              : result;
        });
  }

  private static Connection connection(Connection connection, Observer observer) {
    return proxy(
        Connection.class,
        (self, method, arguments) -> {
          if (method.getName().equals("prepareStatement"))
            observer.onStatement((String) arguments[0]);
          if (method.getName().equals("commit")) observer.onCommit(connection);
          return call(connection, method, arguments);
        });
  }

  private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
