package handset.runtime.host;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.stream.Stream;

/** Resolves names as the host does while the guest's network can; else only its own, which is no matter of a network. */
public final class GuestResolver extends InetAddressResolverProvider {
  private static final String OWN_NAME = "localhost";
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  static UnknownHostException unknown(String host) {
    return new UnknownHostException(
        "Unable to resolve host \"" + host + "\": No address associated with hostname");
  }

  @Override
  public String name() {
    return "guest";
  }

  @Override
  public InetAddressResolver get(Configuration configuration) {
    InetAddressResolver builtin = configuration.builtinResolver();
    return new InetAddressResolver() {
      @Override
      public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
        if (host.equalsIgnoreCase(OWN_NAME)) {
          return Stream.of(InetAddress.getByAddress(host, LOOPBACK));
        }
        if (!GuestNetwork.resolves()) {
          throw unknown(host);
        }
        byte[] embedded = WildcardName.address(host);
        if (embedded != null) {
          return Stream.of(InetAddress.getByAddress(host, embedded));
        }
        return builtin.lookupByName(host, policy);
      }

      @Override
      public String lookupByAddress(byte[] address) throws UnknownHostException {
        return builtin.lookupByAddress(address);
      }
    };
  }
}
