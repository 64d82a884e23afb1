package org.example.readingroom;

import android.os.Handler;
import android.os.Looper;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One request at a time. Its answer waits for a screen that is there to take it. Used on the main thread only. */
final class Errand {
    private final Handler main = new Handler(Looper.getMainLooper());
    private boolean running;
    private Answer waiting;
    private Consumer<Answer> taker;

    boolean isRunning() {
        return running;
    }

    /** Sends a request from a thread of its own, unless one is under way. */
    void run(Supplier<Answer> request) {
        if (running) {
            return;
        }
        running = true;
        new Thread(() -> {
            Answer answer = request.get();
            main.post(() -> deliver(answer));
        }, "errand").start();
    }

    /** Gives answers to this taker from now on, beginning with one that waits; null for none. */
    void answerTo(Consumer<Answer> newTaker) {
        taker = newTaker;
        if (taker != null && waiting != null) {
            Answer answer = waiting;
            waiting = null;
            taker.accept(answer);
        }
    }

    private void deliver(Answer answer) {
        running = false;
        if (taker == null) {
            waiting = answer;
        } else {
            taker.accept(answer);
        }
    }
}
