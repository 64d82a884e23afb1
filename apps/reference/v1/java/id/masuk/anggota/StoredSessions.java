package id.masuk.anggota;

import android.content.Context;
import android.content.SharedPreferences;

/** The first format: everything in one preferences file. */
final class StoredSessions implements SessionStore {
    private static final String FILE = "akun";
    private static final String TOKEN = "token";
    private static final String NAME = "name";
    private static final String CARD = "card";
    private static final String STATUS = "status";

    private final Context context;

    StoredSessions(Context context) {
        this.context = context;
    }

    @Override
    public Session load() {
        try {
            SharedPreferences stored = preferences();
            String token = stored.getString(TOKEN, null);
            String name = stored.getString(NAME, null);
            String card = stored.getString(CARD, null);
            if (token != null && name != null && card != null) {
                return new Session(token, new Member(name, card, stored.getString(STATUS, "")));
            }
        } catch (RuntimeException unreadable) {
            AppLog.trouble("stored session discarded", unreadable);
            clear();
        }
        return null;
    }

    @Override
    public boolean save(Session session) {
        return preferences()
                .edit()
                .putString(TOKEN, session.token())
                .putString(NAME, session.member().name())
                .putString(CARD, session.member().cardNumber())
                .putString(STATUS, session.member().status())
                .commit();
    }

    @Override
    public void clear() {
        preferences().edit().clear().commit();
    }

    private SharedPreferences preferences() {
        return context.getSharedPreferences(FILE, Context.MODE_PRIVATE);
    }
}
