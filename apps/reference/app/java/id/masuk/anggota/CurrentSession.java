package id.masuk.anggota;

/** The session of this process, read from the store once. */
final class CurrentSession {
    private final SessionStore store;
    private boolean loaded;
    private Session session;

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
        store.save(newSession);
    }

    void clear() {
        session = null;
        loaded = true;
        store.clear();
    }
}
