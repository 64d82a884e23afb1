package com.example.probe;

import android.app.Activity;
import android.content.res.Configuration;
import android.database.DatabaseUtils;
import android.database.sqlite.SQLiteDatabase;
import android.os.Bundle;
import android.os.SystemClock;
import android.text.Editable;
import android.text.TextWatcher;
import android.text.format.DateUtils;
import android.util.DisplayMetrics;
import android.util.Log;
import android.util.TypedValue;
import android.widget.EditText;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.security.Security;
import java.time.Instant;
import java.util.Calendar;
import java.util.Date;
import java.util.Locale;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

/** Does what is typed into its field, on another thread, and logs a line with the answer: NAME: ANSWER. */
public final class Probe extends Activity {
  private static final int TIMEOUT_MS = 5000;

  private int made = 1;

  @Override
  protected void onSaveInstanceState(Bundle state) {
    super.onSaveInstanceState(state);
    state.putInt("made", made);
  }

  @Override
  protected void onCreate(Bundle saved) {
    super.onCreate(saved);
    if (saved != null) {
      made = saved.getInt("made") + 1;
    }
    EditText field = new EditText(this);
    field.addTextChangedListener(
        new TextWatcher() {
          @Override
          public void beforeTextChanged(CharSequence text, int start, int count, int after) {}

          @Override
          public void onTextChanged(CharSequence text, int start, int before, int count) {}

          @Override
          public void afterTextChanged(Editable text) {
            String[] words = text.toString().split(" ");
            new Thread(() -> Log.i("Probe", words[0] + ": " + answer(words))).start();
          }
        });
    setContentView(field);
  }

  private String answer(String[] words) {
    try {
      switch (words[0]) {
        case "time":
          return time();
        case "uptime":
          return String.valueOf(SystemClock.elapsedRealtime());
        case "get":
          return get(words[1]);
        case "hangup":
          return hangUp(words[1], Integer.parseInt(words[2]));
        case "tls":
          return SSLContext.getDefault().getProvider().getName() + " " + Security.getProviders()[0].getName();
        case "configuration":
          return configuration();
        case "stream":
          return stream(new File(getFilesDir(), words[1]), Integer.parseInt(words[2]));
        case "random":
          return random(new File(getFilesDir(), words[1]), Integer.parseInt(words[2]));
        case "channel":
          return channel(new File(getCacheDir(), words[1]), Integer.parseInt(words[2]));
        case "preferences":
          return String.valueOf(getSharedPreferences(words[1], MODE_PRIVATE).edit().putString("a", words[2]).commit());
        case "database":
          return database(words[1]);
        case "resolve":
          return InetAddress.getByName(words[1]).getHostAddress();
        case "connect":
          return connect(words[1], Integer.parseInt(words[2]));
        default:
          return "no such question";
      }
    } catch (Exception e) {
      StringBuilder causes = new StringBuilder();
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        causes.append(cause).append("; ");
      }
      return causes.toString();
    }
  }

  /** Seconds since the epoch by each way to ask, and whether the framework agrees. */
  private static String time() {
    long now = System.currentTimeMillis();
    long[] answers = {
      now, new Date().getTime(), Calendar.getInstance().getTimeInMillis(), Instant.now().toEpochMilli()
    };
    StringBuilder seconds = new StringBuilder();
    for (long answer : answers) {
      seconds.append(answer / 1000).append(' ');
    }
    return seconds.append(DateUtils.isToday(now)).append(' ').append(DateUtils.getRelativeTimeSpanString(now)).toString();
  }

  /** Languages, java.util's language, 10 sp in pixels, the factor of texts, a text, and how often this activity was made. */
  private String configuration() {
    Configuration configuration = getResources().getConfiguration();
    DisplayMetrics metrics = getResources().getDisplayMetrics();
    return String.join(
        " ",
        configuration.getLocales().toLanguageTags(),
        Locale.getDefault().toLanguageTag(),
        String.valueOf(TypedValue.applyDimension(TypedValue.COMPLEX_UNIT_SP, 10, metrics)),
        String.valueOf(configuration.fontScale),
        getString(android.R.string.cancel),
        String.valueOf(made));
  }

  private static String get(String url) throws IOException {
    HttpsURLConnection connection = (HttpsURLConnection) new URL(url).openConnection();
    connection.setConnectTimeout(TIMEOUT_MS);
    connection.setReadTimeout(TIMEOUT_MS);
    return String.valueOf(connection.getResponseCode());
  }

  private static String stream(File file, int count) throws IOException {
    try (FileOutputStream out = new FileOutputStream(file)) {
      out.write(new byte[count]);
    }
    return "written";
  }

  private static String random(File file, int count) throws IOException {
    try (RandomAccessFile out = new RandomAccessFile(file, "rw")) {
      out.write(new byte[count]);
    }
    return "written";
  }

  private static String channel(File file, int count) throws IOException {
    try (FileChannel out = FileChannel.open(file.toPath(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (ByteBuffer bytes = ByteBuffer.allocate(count); bytes.hasRemaining(); ) {
        out.write(bytes);
      }
    }
    return "written";
  }

  /** One row more, in a transaction. */
  private String database(String name) {
    try (SQLiteDatabase database = openOrCreateDatabase(name, MODE_PRIVATE, null)) {
      database.execSQL("create table if not exists notes (text)");
      database.beginTransaction();
      try {
        database.execSQL("insert into notes values (?)", new Object[] {"x".repeat(20_000)});
        database.setTransactionSuccessful();
      } finally {
        database.endTransaction();
      }
      return "rows " + DatabaseUtils.queryNumEntries(database, "notes");
    }
  }

  /** Reads an answer over TLS on a socket of its own, as HTTP clients do behind a proxy, and closes both. */
  private static String hangUp(String host, int port) throws IOException {
    Socket plain = new Socket(host, port);
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    try (Socket secure = factory.createSocket(plain, host, port, true)) {
      secure.setSoTimeout(Integer.MAX_VALUE);
      secure.getOutputStream().write('?');
      secure.getInputStream().read();
    }
    return "closed";
  }

  private static String connect(String host, int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), TIMEOUT_MS);
      return "connected";
    }
  }
}
