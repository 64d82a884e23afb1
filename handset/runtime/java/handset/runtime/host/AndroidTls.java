package handset.runtime.host;

import java.security.Provider;
import java.util.Set;
import org.conscrypt.OpenSSLProvider;

/** The provider "AndroidOpenSSL": Conscrypt, as on Android, in the place of the Java runtime's own TLS. */
public final class AndroidTls extends Provider {
  private static final long serialVersionUID = 1L;
  private static final String NAME = "AndroidOpenSSL";

  private final transient Provider provider;

  public AndroidTls() {
    super(NAME, "1.0", "Android's provider of TLS");
    provider = new OpenSSLProvider(NAME);
  }

  @Override
  public Service getService(String type, String algorithm) {
    return provider.getService(type, algorithm);
  }

  @Override
  public Set<Service> getServices() {
    return provider.getServices();
  }
}
