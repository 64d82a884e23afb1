package handset.runtime.app;

import handset.runtime.host.Channel;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.json.JSONException;
import org.json.JSONObject;
import org.robolectric.shadows.ShadowLog;

/** Sends what the app logs, and what it prints to its standard streams, to the device's log. */
final class DeviceLog {
  private final Channel channel;

  DeviceLog(Channel channel) {
    this.channel = channel;
  }

  void install() {
    ShadowLog.stream = new LogStream(this);
    ShadowLog.setCaptureLogsEnabled(false);
    System.setOut(new LineStream(this, "I", "System.out"));
    System.setErr(new LineStream(this, "W", "System.err"));
  }

  void write(String level, String tag, String text) {
    try {
      channel.write(
          new JSONObject()
              .put("event", "log")
              .put("level", level)
              .put("tag", tag)
              .put("text", text)
              .put("tid", Thread.currentThread().threadId())
              .toString());
    } catch (JSONException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reports an uncaught exception in Android's words. */
  void crash(String packageName, Thread thread, Throwable error) {
    write("E", "AndroidRuntime", "FATAL EXCEPTION: " + thread.getName());
    write("E", "AndroidRuntime", "Process: " + packageName + ", PID: " + ProcessHandle.current().pid());
    java.io.StringWriter trace = new java.io.StringWriter();
    error.printStackTrace(new java.io.PrintWriter(trace, true));
    trace.toString().lines().forEach(line -> write("E", "AndroidRuntime", line));
  }

  /** Takes Robolectric's log lines, "I/Tag: message", and the stack traces that follow them. */
  private static final class LogStream extends PrintStream {
    private final DeviceLog log;
    private String level = "I";
    private String tag = "System.out";

    LogStream(DeviceLog log) {
      super(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
      this.log = log;
    }

    @Override
    public synchronized void println(String line) {
      int slash = line.indexOf('/');
      int colon = line.indexOf(": ");
      if (slash == 1 && colon > slash) {
        level = line.substring(0, 1);
        tag = line.substring(2, colon);
        log.write(level, tag, line.substring(colon + 2));
      } else {
        log.write(level, tag, line);
      }
    }

    @Override
    public synchronized void println(Object line) {
      log.write(level, tag, String.valueOf(line));
    }
  }

  /** Turns what is printed into one log entry a line. */
  private static final class LineStream extends PrintStream {
    LineStream(DeviceLog log, String level, String tag) {
      super(new Lines(log, level, tag), true, StandardCharsets.UTF_8);
    }
  }

  private static final class Lines extends OutputStream {
    private final DeviceLog log;
    private final String level;
    private final String tag;
    private final java.io.ByteArrayOutputStream line = new java.io.ByteArrayOutputStream();

    Lines(DeviceLog log, String level, String tag) {
      this.log = log;
      this.level = level;
      this.tag = tag;
    }

    @Override
    public synchronized void write(int value) {
      if (value == '\n') {
        log.write(level, tag, line.toString(StandardCharsets.UTF_8));
        line.reset();
      } else {
        line.write(value);
      }
    }
  }
}
