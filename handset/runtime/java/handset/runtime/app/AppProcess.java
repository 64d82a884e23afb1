package handset.runtime.app;

import android.app.Application;
import android.content.Intent;
import android.graphics.Bitmap;
import android.view.View;
import androidx.test.platform.app.InstrumentationRegistry;
import handset.runtime.host.AppJars;
import handset.runtime.host.AppTrust;
import handset.runtime.host.Channel;
import handset.runtime.host.DeviceClock;
import handset.runtime.host.GuestNetwork;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.internal.AndroidSandbox;
import org.robolectric.util.TempDirectory;

/**
 * The life of an app process, on its main thread: an optional warm-up as a spare, then one app until the process dies.
 *
 * <p>Requests and answers go over the {@link Channel}; its end is the end of the process.
 */
public final class AppProcess implements Runnable {
  private static final int CRASHED = 10;
  private static final long IDLE_TIMEOUT_MS = 5000;
  private final AndroidSandbox sandbox;
  private final AppJars jars;
  private final Channel channel;
  private final DeviceLog log;
  private final ExecutorService workers = Executors.newCachedThreadPool(AppProcess::daemon);
  private final ExecutorService news = Executors.newSingleThreadExecutor(AppProcess::daemon);
  private volatile String packageName = "unbound";

  public AppProcess(AndroidSandbox sandbox, AppJars jars, Channel channel) {
    this.sandbox = sandbox;
    this.jars = jars;
    this.channel = channel;
    this.log = new DeviceLog(channel);
  }

  @Override
  public void run() {
    Thread.currentThread().setName("main");
    Thread.setDefaultUncaughtExceptionHandler(this::die);
    try {
      GuestNetwork.install();
      live();
    } catch (Throwable error) {
      die(Thread.currentThread(), error);
    }
  }

  private void live() throws Exception {
    for (JSONObject request = next(); ; request = next()) {
      switch (request.getString("call")) {
        case "warm" -> {
          warm();
          answer(request, new JSONObject());
        }
        case "bind" -> bind(request);
        default -> refuse(request, "invalid", "no app is bound to this process yet");
      }
    }
  }

  private JSONObject next() throws IOException, JSONException {
    String line = channel.read();
    if (line == null) {
      Runtime.getRuntime().halt(0);
    }
    return new JSONObject(line);
  }

  /** Runs a small app until it is idle, then takes it down as Robolectric does between two tests. */
  private void warm() throws Exception {
    JSONObject request = new JSONObject().put("apk", System.getProperty("handset.warm.apk"));
    Path data = Path.of(System.getProperty("handset.cache"), "warm-data");
    JSONObject network = new JSONObject().put("online", true).put("transport", "wifi").put("validated", true);
    request.put("network", network.put("names", true).put("proxy", ""));
    request.put("classes", System.getProperty("handset.warm.classes")).put("data", data.toString());
    Launch launch = Launch.from(request);
    open(launch);
    App app = new App(launch, "warm");
    app.loop().untilIdle(IDLE_TIMEOUT_MS);
    AccessibilityTree.windows();
    Screen.capture().recycle();
    Bitmap dot = Bitmap.createBitmap(1, 1, Bitmap.Config.ARGB_8888);
    dot.compress(Bitmap.CompressFormat.PNG, 100, OutputStream.nullOutputStream());
    for (View root : Windows.visible()) {
      root.jumpDrawablesToCurrentState();
    }
    ActivityStack.forget();
    Windows.forget();
    FrameworkState.forgetScreen();
    sandbox.getTestEnvironment().tearDownApplication();
    sandbox.getTestEnvironment().resetState();
    AppTrust.runtimeAuthorities();
  }

  private void bind(JSONObject request) throws Exception {
    long start = System.nanoTime();
    Launch launch = Launch.from(request);
    Files.createDirectories(launch.data());
    System.setProperty("handset.data", launch.data().toString());
    DeviceClock.setAhead(request.optLong("ahead_ms"));
    open(launch);
    if (request.has("partition")) {
      Partition.from(request).watch();
    }
    App app = new App(launch, TempDirectory.APP);
    app.loop().untilIdle(IDLE_TIMEOUT_MS);
    serve(app.control());
    answer(
        request,
        new JSONObject()
            .put("package", packageName)
            .put("activity", ActivityStack.top() == null ? null : ActivityStack.top().getClass().getName())
            .put("ms", (System.nanoTime() - start) / 1_000_000));
    for (; ; ) {
      app.loop().turn();
    }
  }

  private void open(Launch launch) {
    Thread.currentThread().setContextClassLoader(jars.open(launch.jars(), sandbox.getRobolectricClassLoader()));
  }

  /** An application with its first activity started. */
  private final class App {
    private final MainLoop loop;
    private final Control control;

    App(Launch launch, String stateName) throws Exception {
      Locale.setDefault(launch.configuration().locale());
      log.install();
      FrameworkState.set(sandbox, launch, stateName);
      log.install(); // setting the state resets the log's target
      Application application = RuntimeEnvironment.getApplication();
      packageName = application.getPackageName();
      ActivityStack activities = (ActivityStack) InstrumentationRegistry.getInstrumentation();
      Connectivity connectivity = new Connectivity(application);
      connectivity.set(launch.network());
      launch.network().apply();
      launch.configuration().applyOtherLocales();
      TrustAnchors.install(application);
      Toasts toasts = new Toasts();
      control = new Control(activities, toasts, connectivity);
      loop = new MainLoop(activities::sweep, toasts::collect);
      if (stateName.equals(TempDirectory.APP)) {
        ActivityStack.listen(AppProcess.this::tellStack, AppProcess.this::tellIntent);
      }
      Intent first = launch.firstIntent(application.getPackageManager(), packageName);
      List<SavedState> saved = launch.saved(application.getClassLoader());
      if (!saved.isEmpty()) {
        activities.restore(saved);
      }
      if (saved.isEmpty() || !saved.get(0).activity().equals(first.getComponent().getClassName())) {
        activities.start(first, -1, null);
      }
    }

    MainLoop loop() {
      return loop;
    }

    Control control() {
      return control;
    }
  }

  private void serve(Control control) {
    daemon(() -> readRequests(control)).start();
  }

  private void readRequests(Control control) {
    try {
      for (; ; ) {
        JSONObject request = next();
        (Control.isNews(request) ? news : workers).execute(() -> answerFrom(control, request));
      }
    } catch (IOException | JSONException e) {
      Runtime.getRuntime().halt(0); // the device daemon is gone
    }
  }

  private void answerFrom(Control control, JSONObject request) {
    try {
      answer(request, control.handle(request));
    } catch (CallFailed e) {
      refuse(request, e.kind.name().toLowerCase(Locale.ROOT), e.getMessage());
    } catch (Exception e) {
      refuse(request, "failed", String.valueOf(e));
    }
  }

  private void answer(JSONObject request, JSONObject result) {
    send(() -> new JSONObject().put("id", request.getInt("id")).put("result", result));
  }

  private void refuse(JSONObject request, String kind, String message) {
    JSONObject error = new JSONObject();
    send(
        () ->
            new JSONObject()
                .put("id", request.getInt("id"))
                .put("error", error.put("kind", kind).put("message", message)));
  }

  private void tellStack(List<String> activities) {
    if (activities.isEmpty()) {
      send(() -> new JSONObject().put("event", "finished"));
    } else {
      send(() -> new JSONObject().put("event", "stack").put("activities", new JSONArray(activities)));
    }
  }

  private void tellIntent(Intent intent) {
    send(
        () ->
            new JSONObject()
                .put("event", "intent")
                .put("action", intent.getAction())
                .put("data", intent.getDataString())
                .put("package", intent.getPackage())
                .put("component", intent.getComponent() == null ? null : intent.getComponent().flattenToString()));
  }

  private interface Message {
    JSONObject make() throws JSONException;
  }

  private void send(Message message) {
    try {
      channel.write(message.make().toString());
    } catch (JSONException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ends the process as Android ends one with an uncaught exception. */
  private void die(Thread thread, Throwable error) {
    log.crash(packageName, thread, error);
    Runtime.getRuntime().halt(CRASHED);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "handset-control");
    thread.setDaemon(true);
    return thread;
  }
}
