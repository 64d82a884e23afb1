package handset.warmup;

import android.app.Activity;
import android.app.AlertDialog;
import android.content.Intent;
import android.content.pm.PackageInfo;
import android.content.pm.PackageManager;
import android.database.Cursor;
import android.database.sqlite.SQLiteDatabase;
import android.net.ConnectivityManager;
import android.os.Handler;
import android.os.Looper;
import android.util.Base64;
import android.widget.ArrayAdapter;
import android.widget.ListView;
import android.widget.ProgressBar;
import android.widget.Toast;
import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.IDN;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.json.JSONException;
import org.json.JSONObject;

/** What apps with a login do, done once while the archive of loaded classes is recorded. */
final class Rehearsal {
  private final Activity activity;

  Rehearsal(Activity activity) {
    this.activity = activity;
  }

  /** The intent names the servers that are talked to, and the file of their authority. */
  void run(Intent intent) throws JSONException, GeneralSecurityException {
    JSONObject json = new JSONObject("{\"name\": \"warm\", \"list\": [1, 2.5, true, null]}");
    json.getJSONArray("list").optString(0);
    json.toString();
    MessageDigest.getInstance("SHA-256").digest(Base64.decode("d2FybQ==", Base64.DEFAULT));
    askAboutItself();
    useDatabase();
    connect();
    talk(intent.getStringExtra("authority"), intent.getStringExtra("rehearse").split(","));
    showThings();
  }

  private void useDatabase() {
    SQLiteDatabase database = activity.openOrCreateDatabase("warm.db", Activity.MODE_PRIVATE, null);
    database.execSQL("CREATE TABLE IF NOT EXISTS warm (id INTEGER PRIMARY KEY, name TEXT)");
    database.execSQL("INSERT INTO warm (name) VALUES (?)", new Object[] {"warm"});
    try (Cursor cursor = database.rawQuery("SELECT id, name FROM warm", null)) {
      while (cursor.moveToNext()) {
        cursor.getString(1);
      }
    }
    database.close();
  }

  /** A ClientHello without a server, and a connection that is refused. */
  private void connect() throws GeneralSecurityException {
    activity.getSystemService(ConnectivityManager.class).getActiveNetwork();
    SSLEngine engine = SSLContext.getDefault().createSSLEngine("localhost", 443);
    engine.setUseClientMode(true);
    ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    try {
      engine.beginHandshake();
      engine.wrap(ByteBuffer.allocate(0), hello);
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
    trust();
    ExecutorService background = Executors.newSingleThreadExecutor();
    Handler main = new Handler(Looper.getMainLooper());
    background.execute(
        () -> {
          try {
            HttpURLConnection connection = (HttpURLConnection) new URL("https://127.0.0.1:1/").openConnection();
            connection.setRequestProperty("Accept", "application/json");
            connection.getResponseCode();
          } catch (IOException e) {
            main.post(() -> activity.setTitle(String.valueOf(e.getMessage())));
          }
        });
    background.shutdown();
  }

  /** Requests and their answers over TLS. */
  private static void talk(String authority, String[] servers) throws GeneralSecurityException {
    try (InputStream in = new FileInputStream(authority)) {
      KeyStore trusted = KeyStore.getInstance("JKS");
      trusted.load(null, null);
      trusted.setCertificateEntry("warm", CertificateFactory.getInstance("X.509").generateCertificate(in));
      TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      ExecutorService background = Executors.newSingleThreadExecutor();
      try {
        for (String server : servers) {
          background.submit(() -> ask(context, server)).get();
        }
      } finally {
        background.shutdown();
      }
    } catch (IOException | InterruptedException | ExecutionException e) {
      throw new GeneralSecurityException(e);
    }
  }

  private static Void ask(SSLContext context, String server) throws IOException {
    HttpsURLConnection connection = (HttpsURLConnection) new URL(server).openConnection();
    connection.setSSLSocketFactory(context.getSocketFactory());
    try (InputStream in = connection.getInputStream()) {
      in.readAllBytes();
    }
    connection.disconnect();
    return null;
  }

  /** A trust store of the app's own, as a network security configuration asks for. */
  private static void trust() throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance("JKS");
      store.load(null, null);
      TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      for (X509Certificate authority : ((X509TrustManager) factory.getTrustManagers()[0]).getAcceptedIssuers()) {
        store.setCertificateEntry(authority.getSerialNumber().toString(), authority);
      }
      store.store(OutputStream.nullOutputStream(), new char[] {'w'});
      factory.init(store);
      readAsText(store.getCertificate(store.aliases().nextElement()));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), null);
      context.getSocketFactory();
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
  }

  /** A certificate in the format that apps keep in their resources. */
  private static void readAsText(Certificate certificate) throws GeneralSecurityException {
    String body = java.util.Base64.getMimeEncoder().encodeToString(certificate.getEncoded());
    String text = "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
    ByteArrayInputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    for (Certificate read : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
      ((X509Certificate) read).getSubjectX500Principal().getName();
    }
  }

  private void askAboutItself() {
    try {
      PackageInfo info = activity.getPackageManager().getPackageInfo(activity.getPackageName(), 0);
      activity.setTitle(IDN.toASCII("warm.example") + info.versionName);
    } catch (PackageManager.NameNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private void showThings() {
    ListView list = new ListView(activity);
    list.setAdapter(new ArrayAdapter<>(activity, android.R.layout.simple_list_item_1, new String[] {"one", "two"}));
    activity.addContentView(list, new android.view.ViewGroup.LayoutParams(200, 200));
    activity.addContentView(new ProgressBar(activity), new android.view.ViewGroup.LayoutParams(100, 100));
    Toast.makeText(activity, "warm", Toast.LENGTH_SHORT).show();
    new AlertDialog.Builder(activity)
        .setTitle("Warm")
        .setMessage("up")
        .setPositiveButton("OK", (dialog, which) -> activity.startActivity(new Intent(activity, SecondActivity.class)))
        .show();
  }
}
