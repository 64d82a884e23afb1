package handset.runtime.app;

import android.os.Looper;
import android.os.SystemClock;
import java.time.Duration;
import org.robolectric.shadow.api.Shadow;
import org.robolectric.shadows.ShadowChoreographer;
import org.robolectric.shadows.ShadowPausedLooper;
import org.robolectric.shadows.ShadowSystemClock;

/** Turns Robolectric's paused main looper in real time. */
final class MainLoop {
  private static final long LONGEST_WAIT_MS = 50;
  private final ShadowPausedLooper looper = Shadow.extract(Looper.myLooper());
  private final Runnable afterTurn;
  private final Runnable beforeTurn;
  private long lastTurn = System.nanoTime();

  MainLoop(Runnable beforeTurn, Runnable afterTurn) {
    this.beforeTurn = beforeTurn;
    this.afterTurn = afterTurn;
  }

  /** Runs what is due, waits for the next message or frame, and moves Android's clock by the time that has passed. */
  void turn() {
    beforeTurn.run();
    looper.poll(waitMillis());
    long now = System.nanoTime();
    ShadowSystemClock.advanceBy(Duration.ofNanos(now - lastTurn));
    lastTurn = now;
    looper.idle();
    afterTurn.run();
  }

  /** Turns until a window has the focus and no frame is due, or the time is over. */
  void untilIdle(long timeoutMillis) {
    long end = System.nanoTime() + timeoutMillis * 1_000_000;
    int calmTurns = 0;
    while (calmTurns < 2 && System.nanoTime() < end) {
      turn();
      boolean calm = Windows.focused() != null && ShadowChoreographer.getNextVsyncTime() == 0;
      calmTurns = calm ? calmTurns + 1 : 0;
    }
  }

  private long waitMillis() {
    long task = looper.getNextScheduledTaskTime().toMillis();
    long frame = ShadowChoreographer.getNextVsyncTime();
    long next = task == 0 || frame == 0 ? Math.max(task, frame) : Math.min(task, frame);
    if (next == 0) {
      return LONGEST_WAIT_MS;
    }
    return Math.max(1, Math.min(LONGEST_WAIT_MS, next - SystemClock.uptimeMillis()));
  }
}
