package org.example.readingroom;

import android.content.Context;
import android.content.SharedPreferences;
import android.util.Base64;
import android.util.Log;
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
 * What the app keeps: the token, encrypted, and until when the server wants to be left alone.
 *
 * <p>What can't be read counts as not there. The key lies in a file that is never backed up; an app in production would
 * keep it in the system's key store.
 */
final class Shelf {
    private static final String LOG = "ReadingRoom";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final Context context;

    Shelf(Context context) {
        this.context = context;
    }

    /** The token, or null. */
    String token() {
        try {
            String sealed = kept().getString("token", null);
            if (sealed == null) {
                return null;
            }
            byte[] bytes = Base64.decode(sealed, Base64.NO_WRAP);
            byte[] nonce = Arrays.copyOf(bytes, NONCE_BYTES);
            byte[] open = cipher(Cipher.DECRYPT_MODE, Files.readAllBytes(key().toPath()), nonce)
                    .doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
            return new String(open, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IOException | RuntimeException unreadable) {
            Log.w(LOG, "the stored sign-in is of no use: " + unreadable.getClass().getSimpleName());
            forget();
            return null;
        }
    }

    void keep(String token) {
        byte[] key = random(KEY_BYTES);
        byte[] nonce = random(NONCE_BYTES);
        try {
            Files.write(key().toPath(), key);
            byte[] closed = cipher(Cipher.ENCRYPT_MODE, key, nonce).doFinal(token.getBytes(StandardCharsets.UTF_8));
            byte[] bytes = Arrays.copyOf(nonce, NONCE_BYTES + closed.length);
            System.arraycopy(closed, 0, bytes, NONCE_BYTES, closed.length);
            kept().edit().putString("token", Base64.encodeToString(bytes, Base64.NO_WRAP)).commit();
        } catch (GeneralSecurityException | IOException impossible) {
            Log.w(LOG, "the sign-in was not stored: " + impossible.getClass().getSimpleName());
        }
    }

    void forget() {
        kept().edit().remove("token").commit();
        key().delete();
    }

    /** Seconds for which the server wants no sign-in yet. */
    int secondsToWait() {
        try {
            long left = kept().getLong("wait_until", 0) - System.currentTimeMillis();
            return (int) Math.max(0, (left + 999) / 1000);
        } catch (ClassCastException damaged) {
            return 0;
        }
    }

    /** What the server asked to wait for: the name of a kind of answer. */
    Answer.Kind reasonToWait() {
        return "TROUBLE".equals(kept().getString("wait_for", "")) ? Answer.Kind.TROUBLE : Answer.Kind.WAIT;
    }

    void waitFor(Answer answer) {
        long until = System.currentTimeMillis() + answer.seconds * 1000L;
        kept().edit().putLong("wait_until", until).putString("wait_for", answer.kind.name()).commit();
    }

    private SharedPreferences kept() {
        return context.getSharedPreferences("reader", Context.MODE_PRIVATE);
    }

    private File key() {
        return new File(context.getNoBackupFilesDir(), "reader.key");
    }

    private static byte[] random(int count) {
        byte[] bytes = new byte[count];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
