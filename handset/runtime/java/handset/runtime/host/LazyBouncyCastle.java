package handset.runtime.host;

import java.security.Provider;
import java.util.Set;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** The provider "BC", whose 870 classes are loaded only when the runtime's own providers lack an algorithm. */
public final class LazyBouncyCastle extends Provider {
  private static final long serialVersionUID = 1L;
  private static final Provider PLACEHOLDER = new Placeholder();

  private transient Provider provider;

  public LazyBouncyCastle() {
    super("BC", "1.85", "BouncyCastle, loaded when it is needed");
  }

  /** Stands in for {@link java.security.Security#getProvider}, which would load every provider to find one by name. */
  public static Provider installed(String name) {
    return PLACEHOLDER;
  }

  @Override
  public Service getService(String type, String algorithm) {
    return provider().getService(type, algorithm);
  }

  @Override
  public Set<Service> getServices() {
    return provider().getServices();
  }

  private synchronized Provider provider() {
    if (provider == null) {
      provider = new BouncyCastleProvider();
    }
    return provider;
  }

  private static final class Placeholder extends Provider {
    private static final long serialVersionUID = 1L;

    Placeholder() {
      super("placeholder", "1", "");
    }
  }
}
