package id.masuk.anggota;

/** Keeps the session in the app's data. Nothing here throws: data that cannot be read is discarded. */
interface SessionStore {
    /** The stored session, or null. */
    Session load();

    /** Returns whether it will be there after a restart. */
    boolean save(Session session);

    /** Removes every trace of the member. */
    void clear();
}
