package handset.runtime.app;

import android.app.Application;
import android.content.pm.ApplicationInfo;
import android.content.res.Resources;
import android.content.res.XmlResourceParser;
import handset.runtime.host.AppTrust;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import org.robolectric.util.ReflectionHelpers;
import org.xmlpull.v1.XmlPullParser;
import org.xmlpull.v1.XmlPullParserException;

/**
 * Makes the process trust the certificates that the app's network security configuration names.
 *
 * <p>Anchors of base-config, of domain-config (for every domain) and, in a debuggable app, of debug-overrides are joined.
 * Cleartext rules and pins are not read.
 */
final class TrustAnchors {
  private TrustAnchors() {}

  static void install(Application application) {
    ApplicationInfo info = application.getApplicationInfo();
    int config = ReflectionHelpers.<Integer>getField(info, "networkSecurityConfigRes");
    if (config == 0) {
      return;
    }
    boolean debuggable = (info.flags & ApplicationInfo.FLAG_DEBUGGABLE) != 0;
    try {
      AppTrust.add(read(application.getResources(), config, debuggable));
    } catch (XmlPullParserException | IOException | GeneralSecurityException e) {
      throw new IllegalStateException("can't read the app's network security configuration: " + e.getMessage(), e);
    }
  }

  private static List<Certificate> read(Resources resources, int config, boolean debuggable)
      throws XmlPullParserException, IOException, GeneralSecurityException {
    List<Certificate> anchors = new ArrayList<>();
    boolean inDebugOverrides = false;
    try (XmlResourceParser xml = resources.getXml(config)) {
      for (int event = xml.next(); event != XmlPullParser.END_DOCUMENT; event = xml.next()) {
        if ("debug-overrides".equals(xml.getName())) {
          inDebugOverrides = event == XmlPullParser.START_TAG;
        }
        if (event == XmlPullParser.START_TAG
            && "certificates".equals(xml.getName())
            && (debuggable || !inDebugOverrides)) {
          int source = xml.getAttributeResourceValue(null, "src", 0);
          if (source != 0) {
            anchors.addAll(certificates(resources, source));
          }
        }
      }
    }
    return anchors;
  }

  private static List<Certificate> certificates(Resources resources, int raw)
      throws IOException, GeneralSecurityException {
    try (InputStream in = resources.openRawResource(raw)) {
      return new ArrayList<>(CertificateFactory.getInstance("X.509").generateCertificates(in));
    }
  }
}
