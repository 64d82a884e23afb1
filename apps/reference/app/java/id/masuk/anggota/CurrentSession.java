package id.masuk.anggota;

/** The session of this process, read from the store once. */
final class CurrentSession {
    private final SessionStore store;
    private boolean loaded;
    private Session session;
    private boolean kept = true;

    CurrentSession(SessionStore store) {
        this.store = store;
    }

    /** The session, or null when nobody is logged in. */
    Session get() {
        if (!loaded) {
            session = store.load();
            loaded = true;
        }
        return session;
    }

    void set(Session newSession) {
        session = newSession;
        loaded = true;
        kept = store.save(newSession);
    }

    /** Whether the session will be there after a restart, as far as is known. */
    boolean isKept() {
        return kept;
    }

    void clear() {
        session = null;
        loaded = true;
        kept = true;
        store.clear();
    }
}
