package handset.runtime.host;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import java.nio.file.Files;
import java.nio.file.Path;

/** The trust store of the app process: the Java runtime's own authorities and those that the app brings. */
public final class AppTrust {
  /** PKCS12 would encrypt the certificates, which takes a tenth of a second at each start. */
  private static final String TYPE = "JKS";

  private static X509Certificate[] runtimeAuthorities;

  private AppTrust() {}

  /** Adds authorities; must be called before the app makes its first TLS connection. */
  public static void add(Collection<Certificate> anchors) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(TYPE);
    store.load(null, null);
    int number = 0;
    for (X509Certificate authority : runtimeAuthorities()) {
      store.setCertificateEntry("runtime-" + number++, authority);
    }
    for (Certificate anchor : anchors) {
      store.setCertificateEntry("app-" + number++, anchor);
    }
    Path file = Path.of(System.getProperty("handset.cache"), "trust.jks");
    char[] password = "trust".toCharArray();
    try (var out = Files.newOutputStream(file)) {
      store.store(out, password);
    }
    System.setProperty("javax.net.ssl.trustStore", file.toString());
    System.setProperty("javax.net.ssl.trustStorePassword", new String(password));
    System.setProperty("javax.net.ssl.trustStoreType", TYPE);
    useByDefault(managers(store));
  }

  /** Reads the Java runtime's authorities and trusts them, which takes longer than adding some to them. */
  public static X509Certificate[] runtimeAuthorities() throws GeneralSecurityException {
    if (runtimeAuthorities == null) {
      TrustManager[] managers = managers(null);
      useByDefault(managers);
      runtimeAuthorities = issuers(managers);
    }
    return runtimeAuthorities;
  }

  private static TrustManager[] managers(KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static void useByDefault(TrustManager[] managers) throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers, null);
    SSLContext.setDefault(context);
  }

  private static X509Certificate[] issuers(TrustManager[] managers) {
    for (TrustManager manager : managers) {
      if (manager instanceof X509TrustManager x509) {
        return x509.getAcceptedIssuers();
      }
    }
    return new X509Certificate[0];
  }
}
