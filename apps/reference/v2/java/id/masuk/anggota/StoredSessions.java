package id.masuk.anggota;

import android.content.Context;
import android.content.SharedPreferences;
import java.io.File;

/** The second format: the sealed token in preferences, the card in a database. */
final class StoredSessions implements SessionStore {
    private static final String FILE = "session";
    private static final String TOKEN = "token";

    private final Context context;
    private final TokenSeal seal;
    private final MemberDatabase members;
    private final FirstFormat firstFormat;

    StoredSessions(Context context) {
        this.context = context;
        seal = new TokenSeal(context);
        members = new MemberDatabase(context);
        firstFormat = new FirstFormat(context);
    }

    @Override
    public Session load() {
        migrate();
        if (Defect.CRASH_ON_CORRUPT_PREFERENCES.isSeeded() && isDamaged()) {
            throw new IllegalStateException("preferences unreadable");
        }
        String token = loadToken();
        Member member = token == null ? null : members.load();
        if (member != null) {
            return new Session(token, member);
        }
        clear(); // Half a session is none.
        return null;
    }

    @Override
    public boolean save(Session session) {
        try {
            boolean kept = preferences().edit().putString(TOKEN, seal.seal(session.token())).commit();
            if (Defect.TOKEN_IN_CLEAR.isSeeded()) {
                preferences().edit().putString("clear", session.token()).commit();
            }
            return members.save(session.member()) && kept;
        } catch (TokenSeal.BrokenSealException unusable) {
            AppLog.trouble("session not stored", unusable);
            return false;
        }
    }

    @Override
    public void clear() {
        preferences().edit().clear().commit();
        members.clear();
    }

    /** Whether the file is there and Android could read nothing of it. */
    private boolean isDamaged() {
        File file = new File(new File(context.getDataDir(), "shared_prefs"), FILE + ".xml");
        return file.exists() && preferences().getAll().isEmpty() && !firstFormat.exists();
    }

    private void migrate() {
        if (firstFormat.exists()) {
            Session older = Defect.UPDATE_LOGS_OUT.isSeeded() ? null : firstFormat.load();
            if (older != null) {
                save(older);
                AppLog.event("session of an older version taken over");
            }
            if (!Defect.FIRST_FORMAT_LEFT.isSeeded()) {
                firstFormat.remove();
            }
        }
    }

    private String loadToken() {
        try {
            String sealed = preferences().getString(TOKEN, null);
            return sealed == null ? null : seal.open(sealed);
        } catch (TokenSeal.BrokenSealException | RuntimeException unreadable) {
            boolean keyLost = unreadable instanceof TokenSeal.BrokenSealException;
            if (keyLost && Defect.CRASH_WITHOUT_KEY.isSeeded()) {
                throw new IllegalStateException(unreadable);
            }
            AppLog.trouble("stored token discarded", unreadable);
            return null;
        }
    }

    private SharedPreferences preferences() {
        return context.getSharedPreferences(FILE, Context.MODE_PRIVATE);
    }
}
