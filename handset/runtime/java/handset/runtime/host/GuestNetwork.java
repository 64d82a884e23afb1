package handset.runtime.host;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.Security;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * The device's network as the app's sockets meet it.
 *
 * <p>The guest's {@code 10.0.2.2} is the host's loopback, as on the Android emulator, and the guest's own loopback is not
 * the host's. Offline, names don't resolve, connections are refused as unreachable, and living ones are aborted.
 */
public final class GuestNetwork {
  static final String HOST_ALIAS = "10.0.2.2";
  private static final Set<GuestSocket> SOCKETS = Collections.newSetFromMap(new WeakHashMap<>());
  private static volatile boolean online = true;
  private static String transport = "";
  private static volatile boolean resolving = true;

  private GuestNetwork() {}

  /** Routes every {@link Socket} of this process through the guest's network. */
  public static void install() {
    // Android forgets names when its network changes; the Java runtime would remember answers and failures for a while.
    Security.setProperty("networkaddress.cache.ttl", "0");
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
    try {
      Socket.setSocketImplFactory(GuestSocket::new);
    } catch (java.io.IOException e) {
      throw new IllegalStateException("the guest network was installed twice", e);
    }
  }

  static boolean isOnline() {
    return online;
  }

  /** Whether names can be turned into addresses. */
  static boolean resolves() {
    return online && resolving;
  }

  public static void setResolving(boolean value) {
    resolving = value;
  }

  /**
   * Sets the state and returns how many living connections were cut: all of them when the network is gone or another one
   * has taken its place, as Android destroys the sockets of a network that was left.
   */
  public static synchronized int setNetwork(boolean isOnline, String newTransport) {
    boolean left = !isOnline || !transport.isEmpty() && !transport.equals(newTransport);
    online = isOnline;
    transport = newTransport;
    return left ? abortAll() : 0;
  }

  private static int abortAll() {
    List<GuestSocket> living;
    synchronized (SOCKETS) {
      living = new ArrayList<>(SOCKETS);
      SOCKETS.clear();
    }
    int cut = 0;
    for (GuestSocket socket : living) {
      if (socket.abort()) {
        cut++;
      }
    }
    return cut;
  }

  static void opened(GuestSocket socket) {
    synchronized (SOCKETS) {
      SOCKETS.add(socket);
    }
  }

  static void closed(GuestSocket socket) {
    synchronized (SOCKETS) {
      SOCKETS.remove(socket);
    }
  }

  /** Where a connection of the guest really goes on the host; throws what Android throws where it can't go. */
  static InetSocketAddress route(InetSocketAddress target) throws SocketException, UnknownHostException {
    if (!online) {
      throw failure(target, "ENETUNREACH (Network is unreachable)");
    }
    InetAddress address = target.getAddress();
    if (address == null) {
      throw GuestResolver.unknown(target.getHostString());
    }
    if (address.getHostAddress().equals(HOST_ALIAS)) {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), target.getPort());
    }
    if (address.isLoopbackAddress() || address.isAnyLocalAddress()) {
      throw failure(target, "ECONNREFUSED (Connection refused)");
    }
    return target;
  }

  static ConnectException failure(InetSocketAddress target, String cause) {
    return new ConnectException(
        "failed to connect to " + target + ": connect failed: " + cause);
  }
}
