package id.masuk.anggota;

import android.content.Context;
import android.content.SharedPreferences;
import java.io.File;

/** Reads the session that versions before 2.0 kept in the preferences file {@code akun}. */
final class FirstFormat {
    private static final String FILE = "akun";

    private final Context context;

    FirstFormat(Context context) {
        this.context = context;
    }

    boolean exists() {
        return new File(new File(context.getDataDir(), "shared_prefs"), FILE + ".xml").exists();
    }

    /** The session, or null when the file is corrupt or holds none. */
    Session load() {
        try {
            SharedPreferences stored = context.getSharedPreferences(FILE, Context.MODE_PRIVATE);
            String token = stored.getString("token", null);
            String name = stored.getString("name", null);
            String card = stored.getString("card", null);
            if (token != null && name != null && card != null) {
                return new Session(token, new Member(name, card, stored.getString("status", "")));
            }
        } catch (RuntimeException unreadable) {
            AppLog.trouble("session of an older version discarded", unreadable);
        }
        return null;
    }

    void remove() {
        context.deleteSharedPreferences(FILE);
    }
}
