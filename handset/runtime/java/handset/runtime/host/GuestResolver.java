package handset.runtime.host;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.stream.Stream;

/** Resolves names as the host does while the guest's network can, and else not at all. */
public final class GuestResolver extends InetAddressResolverProvider {
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
        if (!GuestNetwork.resolves()) {
          throw unknown(host);
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
