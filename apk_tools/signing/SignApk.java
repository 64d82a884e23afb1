import com.android.apksig.ApkSigner;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Collections;

/**
 * Signs an APK by scheme v2, which all devices since Android 7 check.
 *
 * <p>Scheme v1 is left out: this signer writes it with classes that newer Java runtimes no longer have. Usage: {@code
 * SignApk KEY.pk8 CERTIFICATE.pem IN.apk OUT.apk [IN.apk OUT.apk …]}.
 */
public final class SignApk {
    private static final String SIGNER = "masuk";

    private SignApk() {}

    public static void main(String[] arguments) throws Exception {
        PrivateKey key = KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(Paths.get(arguments[0]))));
        ApkSigner.SignerConfig signer = new ApkSigner.SignerConfig.Builder(
                        SIGNER, key, Collections.singletonList(certificate(arguments[1])))
                .build();
        for (int i = 2; i < arguments.length; i += 2) {
            new ApkSigner.Builder(Collections.singletonList(signer))
                    .setInputApk(new File(arguments[i]))
                    .setOutputApk(new File(arguments[i + 1]))
                    .setV1SigningEnabled(false)
                    .setV2SigningEnabled(true)
                    .build()
                    .sign();
        }
    }

    private static X509Certificate certificate(String file) throws Exception {
        try (InputStream in = new ByteArrayInputStream(Files.readAllBytes(Paths.get(file)))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }
}
