package handset.runtime.app;

import android.app.Activity;
import android.content.Intent;
import android.graphics.Bitmap;
import android.os.Handler;
import android.os.Looper;
import android.os.Message;
import android.os.SystemClock;
import android.view.MotionEvent;
import handset.runtime.host.DeviceClock;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;
import org.robolectric.RuntimeEnvironment;

/** Does what the device asks of the running app. Called on the control thread; work on views is posted to the main one. */
final class Control {
  private static final long MOVE_EVERY_MS = 16;
  private static final int COLLECT_EVERY = 8;
  private static final long HEARING_MS = 2000;
  private final Handler main = new Handler(Looper.getMainLooper());
  private final ActivityStack activities;
  private final Toasts toasts;
  private final Connectivity connectivity;
  private int screenshots;
  private FutureTask<?> lastNews;

  Control(ActivityStack activities, Toasts toasts, Connectivity connectivity) {
    this.activities = activities;
    this.toasts = toasts;
    this.connectivity = connectivity;
  }

  /** Answers one request: its result, or an exception that the protocol reports. */
  JSONObject handle(JSONObject request) throws Exception {
    return switch (request.getString("call")) {
      case "ping" -> onMain(JSONObject::new);
      case "tree" -> onMain(this::tree);
      case "tap" -> tap(request);
      case "swipe" -> swipe(request);
      case "key" -> onMain(() -> done(() -> Input.key(request.getInt("code"))));
      case "clipboard" -> onMain(() -> done(() -> Input.copy(request.getString("text"))));
      case "set_text" -> onMain(
          () -> ok(Input.setText(request.getString("key"), request.getString("text"))));
      case "action" -> onMain(
          () -> ok(AccessibilityTree.perform(request.getString("key"), request.getInt("action"), null)));
      case "windows" -> onMain(() -> new JSONObject().put("windows", Windows.described()));
      case "keyboard" -> onMain(() -> keyboard(request.optBoolean("hide")));
      case "start" -> onMain(() -> start(request));
      case "background" -> onMain(this::background);
      case "foreground" -> onMain(() -> done(activities::toForeground));
      case "screenshot" -> screenshot();
      case "rotate" -> onMain(
          () -> ok(activities.getUiAutomation().setRotation(request.getInt("rotation"))));
      case "configure" -> onMain(() -> done(UserConfiguration.from(request)::apply));
      case "configuration" -> onMain(Control::configuration);
      case "disk" -> done(Partition.from(request)::watch);
      case "time" -> time(request.getLong("ahead_ms"));
      case "network" -> network(NetworkState.from(request));
      default -> throw new CallFailed(CallFailed.Kind.UNSUPPORTED, "no such call: " + request.getString("call"));
    };
  }

  private JSONObject tree() throws JSONException {
    return new JSONObject()
        .put("package", RuntimeEnvironment.getApplication().getPackageName())
        .put("windows", AccessibilityTree.windows())
        .put("toasts", new JSONArray(toasts.texts()));
  }

  private JSONObject tap(JSONObject request) throws Exception {
    int x = request.getInt("x");
    int y = request.getInt("y");
    long down = press(x, y);
    pause(request.optLong("hold_ms", 0));
    return onMain(() -> done(() -> Input.touch(down, MotionEvent.ACTION_UP, x, y)));
  }

  private JSONObject swipe(JSONObject request) throws Exception {
    int x = request.getInt("x");
    int y = request.getInt("y");
    int toX = request.getInt("x2");
    int toY = request.getInt("y2");
    long steps = Math.max(1, request.optLong("ms", 160) / MOVE_EVERY_MS);
    long down = press(x, y);
    for (long step = 1; step <= steps; step++) {
      pause(MOVE_EVERY_MS);
      int atX = x + (int) ((toX - x) * step / steps);
      int atY = y + (int) ((toY - y) * step / steps);
      onMain(() -> done(() -> Input.touch(down, MotionEvent.ACTION_MOVE, atX, atY)));
    }
    return onMain(() -> done(() -> Input.touch(down, MotionEvent.ACTION_UP, toX, toY)));
  }

  private long press(int x, int y) throws Exception {
    return onMain(
        () -> {
          long now = SystemClock.uptimeMillis();
          Input.touch(now, MotionEvent.ACTION_DOWN, x, y);
          return now;
        });
  }

  private JSONObject keyboard(boolean hide) throws JSONException {
    if (hide) {
      Input.hideKeyboard();
    }
    return new JSONObject().put("shown", Input.keyboardShown());
  }

  private JSONObject start(JSONObject request) throws JSONException {
    String packageName = RuntimeEnvironment.getApplication().getPackageName();
    Intent intent = Launch.intent(request, packageName, request.getString("activity"));
    activities.toForeground();
    if (!ActivityStack.names().contains(request.getString("activity"))) {
      activities.start(intent, -1, null);
    }
    return new JSONObject();
  }

  private JSONObject background() throws JSONException {
    JSONArray states = new JSONArray();
    for (SavedState state : activities.toBackground()) {
      states.put(state.toJson());
    }
    return new JSONObject().put("states", states);
  }

  private JSONObject screenshot() throws Exception {
    Bitmap screen = onMain(Screen::capture);
    if (++screenshots % COLLECT_EVERY == 0) {
      System.gc(); // the renderer's buffers, megabytes each, are freed with their Java objects only
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    screen.compress(Bitmap.CompressFormat.PNG, 100, png);
    JSONObject result =
        new JSONObject()
            .put("png", Base64.getEncoder().encodeToString(png.toByteArray()))
            .put("width", screen.getWidth())
            .put("height", screen.getHeight());
    screen.recycle();
    return result;
  }

  /** What the screen in front is laid out by, in the framework's own words. */
  private static JSONObject configuration() throws JSONException {
    Activity top = ActivityStack.top();
    String text = top == null ? "" : top.getResources().getConfiguration().toString();
    return new JSONObject().put("text", text);
  }

  /** As Android does it: a network is there before apps hear of it, and they hear of its loss before sockets are cut. */
  private JSONObject network(NetworkState state) throws Exception {
    int cut = state.online() ? state.apply() : 0;
    boolean heard = tellMain(() -> done(() -> connectivity.set(state)));
    if (!state.online()) {
      cut = state.apply();
    }
    return heardOrBusy(heard).put("cut", cut);
  }

  /** Android tells apps that the time was set. */
  private JSONObject time(long aheadMillis) throws Exception {
    DeviceClock.setAhead(aheadMillis);
    Intent changed = new Intent(Intent.ACTION_TIME_CHANGED);
    return heardOrBusy(
        tellMain(() -> done(() -> RuntimeEnvironment.getApplication().sendBroadcast(changed))));
  }

  /** Whether a request tells of a change in the device. Such requests are handled in the order of their arrival. */
  static boolean isNews(JSONObject request) {
    return switch (request.optString("call")) {
      case "network", "time", "disk" -> true;
      default -> false;
    };
  }

  /**
   * Has the main thread hear of a change, in order; false when it does not within {@link #HEARING_MS}.
   *
   * <p>The device changes whether an app listens or hangs, so nothing waits again behind news that was not heard.
   */
  private boolean tellMain(Callable<?> news) throws Exception {
    boolean hangs = lastNews != null && !lastNews.isDone();
    lastNews = post(news);
    try {
      result(lastNews, hangs ? 0 : HEARING_MS);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  private static JSONObject heardOrBusy(boolean heard) throws CallFailed {
    if (!heard) {
      throw new CallFailed(CallFailed.Kind.BUSY, "the main thread is blocked; it will hear of the change when it goes on");
    }
    return new JSONObject();
  }

  private interface Action {
    void run() throws Exception;
  }

  private static JSONObject done(Action action) throws Exception {
    action.run();
    return new JSONObject();
  }

  private static JSONObject ok(boolean value) throws JSONException {
    return new JSONObject().put("ok", value);
  }

  /** Runs on the main thread, ahead of a pending traversal, and waits; the device gives up when the app hangs. */
  private <T> T onMain(Callable<T> work) throws Exception {
    return result(post(work), Long.MAX_VALUE);
  }

  private <T> FutureTask<T> post(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Message message = Message.obtain(main, task);
    message.setAsynchronous(true);
    main.sendMessage(message);
    return task;
  }

  private static <T> T result(FutureTask<T> task, long withinMillis) throws Exception {
    try {
      return task.get(withinMillis, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception failure) {
        throw failure;
      }
      throw e;
    }
  }

  /** The time between the events of one gesture. */
  private static void pause(long millis) throws InterruptedException {
    if (millis > 0) {
      Thread.sleep(millis);
    }
  }
}
