package id.masuk.anggota;

import android.os.Handler;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;

/**
 * A place for one request at a time, whose reply waits until a screen takes it.
 *
 * <p>So a second tap sends nothing, and a request outlives the rotation of its screen. Used on the main thread only.
 */
final class Slot<T> {
    /** Takes the reply, on the main thread. */
    interface Receiver<T> {
        void receive(Reply<T> reply);
    }

    private final Executor background;
    private final Handler main;
    private Exchange<T> running;
    private Reply<T> untaken;
    private Receiver<T> receiver;

    Slot(Executor background, Handler main) {
        this.background = background;
        this.main = main;
    }

    /** Sends the request, unless one is under way. */
    boolean start(Exchange<T> exchange) {
        if (running != null && !Defect.DOUBLE_TAP_SENDS_TWO.isSeeded()) {
            return false;
        }
        running = exchange;
        untaken = null;
        FutureTask<Void> work = new FutureTask<>(() -> {
            Reply<T> reply = exchange.run();
            main.post(() -> finish(reply));
        }, null);
        background.execute(work);
        if (Defect.MAIN_THREAD_WAITS.isSeeded()) {
            waitFor(work);
        }
        return true;
    }

    private static void waitFor(FutureTask<Void> work) {
        try {
            work.get();
        } catch (InterruptedException | ExecutionException failure) {
            throw new IllegalStateException(failure);
        }
    }

    boolean isBusy() {
        return running != null;
    }

    void cancel() {
        if (running != null) {
            running.cancel();
        }
    }

    /** Gives replies to this receiver from now on, beginning with one that nobody took yet. */
    void attach(Receiver<T> newReceiver) {
        receiver = newReceiver;
        if (untaken != null) {
            Reply<T> reply = untaken;
            untaken = null;
            receiver.receive(reply);
        }
    }

    void detach(Receiver<T> oldReceiver) {
        if (receiver == oldReceiver) {
            receiver = null;
        }
    }

    private void finish(Reply<T> reply) {
        running = null;
        if (receiver == null) {
            untaken = reply;
        } else {
            receiver.receive(reply);
        }
    }
}
