package handset.runtime.host;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketOption;
import java.net.UnknownHostException;
import java.util.Set;

/**
 * A client socket that asks {@link GuestNetwork} where it may go and then is the JDK's own socket.
 *
 * <p>The JDK's implementation is not public: its methods are called by reflection, which needs {@code --add-opens
 * java.base/java.net}.
 */
final class GuestSocket extends SocketImpl {
  private final SocketImpl platform;
  private volatile boolean aborted;

  GuestSocket() {
    platform = (SocketImpl) invoke(null, "createPlatformSocketImpl", new Class<?>[] {boolean.class}, false);
  }

  /** Cuts the connection as Android does when its network goes away. */
  boolean abort() {
    aborted = true;
    try {
      call("shutdownInput");
      call("shutdownOutput");
      return true;
    } catch (IOException e) {
      return false; // it was closed already
    }
  }

  @Override
  protected void create(boolean stream) throws IOException {
    call("create", new Class<?>[] {boolean.class}, stream);
  }

  @Override
  protected void connect(String host, int port) throws IOException {
    connect(new InetSocketAddress(host, port), 0);
  }

  @Override
  protected void connect(InetAddress address, int port) throws IOException {
    connect(new InetSocketAddress(address, port), 0);
  }

  @Override
  protected void connect(SocketAddress target, int timeoutMillis) throws IOException {
    InetSocketAddress wanted = (InetSocketAddress) target;
    InetSocketAddress real = GuestNetwork.route(wanted);
    call("connect", new Class<?>[] {SocketAddress.class, int.class}, real, timeoutMillis);
    address = wanted.getAddress();
    port = wanted.getPort();
    localport = (int) call("getLocalPort");
    GuestNetwork.opened(this);
    if (!GuestNetwork.isOnline()) { // the network went away while the connection was made
      abort();
    }
  }

  @Override
  protected void bind(InetAddress host, int port) throws IOException {
    call("bind", new Class<?>[] {InetAddress.class, int.class}, host, port);
  }

  @Override
  protected void listen(int backlog) throws IOException {
    call("listen", new Class<?>[] {int.class}, backlog);
  }

  @Override
  protected void accept(SocketImpl accepted) throws IOException {
    throw new SocketException("a client socket can't accept");
  }

  @Override
  protected InputStream getInputStream() throws IOException {
    return new FilterInputStream((InputStream) call("getInputStream")) {
      @Override
      public int read() throws IOException {
        return checked(in.read());
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        return checked(in.read(buffer, offset, length));
      }

      private int checked(int read) throws SocketException {
        if (read < 0) {
          refuseAborted();
        }
        return read;
      }
    };
  }

  @Override
  protected OutputStream getOutputStream() throws IOException {
    return new FilterOutputStream((OutputStream) call("getOutputStream")) {
      @Override
      public void write(byte[] buffer, int offset, int length) throws IOException {
        refuseAborted();
        out.write(buffer, offset, length);
      }
    };
  }

  private void refuseAborted() throws SocketException {
    if (aborted) {
      throw new SocketException("Software caused connection abort");
    }
  }

  @Override
  protected int available() throws IOException {
    return (int) call("available");
  }

  @Override
  protected void close() throws IOException {
    GuestNetwork.closed(this);
    call("close");
  }

  @Override
  protected void shutdownInput() throws IOException {
    call("shutdownInput");
  }

  @Override
  protected void shutdownOutput() throws IOException {
    call("shutdownOutput");
  }

  @Override
  protected boolean supportsUrgentData() {
    return true;
  }

  @Override
  protected void sendUrgentData(int data) throws IOException {
    call("sendUrgentData", new Class<?>[] {int.class}, data);
  }

  @Override
  public void setOption(int option, Object value) throws SocketException {
    platform.setOption(option, value);
  }

  @Override
  public Object getOption(int option) throws SocketException {
    return platform.getOption(option);
  }

  @Override
  protected <T> void setOption(SocketOption<T> name, T value) throws IOException {
    call("setOption", new Class<?>[] {SocketOption.class, Object.class}, name, value);
  }

  @Override
  @SuppressWarnings("unchecked")
  protected <T> T getOption(SocketOption<T> name) throws IOException {
    return (T) call("getOption", new Class<?>[] {SocketOption.class}, name);
  }

  @Override
  @SuppressWarnings("unchecked")
  protected Set<SocketOption<?>> supportedOptions() {
    return (Set<SocketOption<?>>) invoke(platform, "supportedOptions", new Class<?>[0]);
  }

  private Object call(String name) throws IOException {
    return call(name, new Class<?>[0]);
  }

  private Object call(String name, Class<?>[] types, Object... arguments) throws IOException {
    try {
      return invoke(platform, name, types, arguments);
    } catch (CallFailed e) {
      if (e.getCause() instanceof UnknownHostException unknown) {
        throw unknown;
      }
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw e;
    }
  }

  private static Object invoke(Object target, String name, Class<?>[] types, Object... arguments) {
    try {
      Method method = SocketImpl.class.getDeclaredMethod(name, types);
      method.setAccessible(true);
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw new CallFailed(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new CallFailed(e);
    }
  }

  private static final class CallFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CallFailed(Throwable cause) {
      super(cause);
    }
  }
}
