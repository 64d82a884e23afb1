package id.masuk.anggota;

import android.content.Context;
import android.util.Base64;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keeps the token unreadable in the preferences file and useless in a copy of it.
 *
 * <p>The key is a file beside it that is never backed up. That does not stop somebody who owns the device; an app in
 * production would keep the key in the system's key store.
 */
final class TokenSeal {
    /** The key is missing or damaged, or the text was not sealed with it. */
    static final class BrokenSealException extends Exception {
        BrokenSealException(Throwable cause) {
            super(cause);
        }
    }

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final Context context;
    private final SecureRandom random = new SecureRandom();

    TokenSeal(Context context) {
        this.context = context;
    }

    String seal(String text) throws BrokenSealException {
        byte[] nonce = randomBytes(NONCE_BYTES);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, newKey(), nonce).doFinal(text.getBytes(StandardCharsets.UTF_8));
            byte[] both = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, both, NONCE_BYTES, sealed.length);
            return Base64.encodeToString(both, Base64.NO_WRAP);
        } catch (GeneralSecurityException | IOException failure) {
            throw new BrokenSealException(failure);
        }
    }

    String open(String sealed) throws BrokenSealException {
        try {
            byte[] both = Base64.decode(sealed, Base64.NO_WRAP);
            byte[] nonce = Arrays.copyOf(both, NONCE_BYTES);
            byte[] key = Files.readAllBytes(keyFile().toPath());
            byte[] text = cipher(Cipher.DECRYPT_MODE, key, nonce).doFinal(both, NONCE_BYTES, both.length - NONCE_BYTES);
            return new String(text, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IOException | IllegalArgumentException failure) {
            throw new BrokenSealException(failure);
        }
    }

    private byte[] newKey() throws IOException {
        byte[] key = randomBytes(KEY_BYTES);
        Files.write(keyFile().toPath(), key);
        return key;
    }

    private byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private File keyFile() {
        return new File(context.getNoBackupFilesDir(), "session.key");
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
