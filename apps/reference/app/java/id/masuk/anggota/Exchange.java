package id.masuk.anggota;

/** A request that was not sent yet. */
interface Exchange<T> {
    /** Sends it and waits for the reply, on the calling thread. Failures are replies too. */
    Reply<T> run();

    /** Gives up, from any thread: {@link #run} then returns a cancelled reply. */
    void cancel();
}
