package handset.runtime.app;

import android.content.Intent;
import android.content.pm.PackageManager;
import android.content.pm.ResolveInfo;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.json.JSONException;
import org.json.JSONObject;

/** What the device asks a process to become: which app, with which data, and which activity first. */
record Launch(
    Path apk,
    Path classes,
    Path data,
    int targetSdk,
    NetworkState network,
    UserConfiguration configuration,
    JSONObject intent) {

  static Launch from(JSONObject request) throws JSONException {
    return new Launch(
        Path.of(request.getString("apk")),
        Path.of(request.getString("classes")),
        Path.of(request.getString("data")),
        request.optInt("target_sdk", 34),
        NetworkState.from(request),
        UserConfiguration.from(request),
        request);
  }

  /** What the app has left with the system before its last process ended, bottom to top. */
  List<SavedState> saved(ClassLoader classes) throws JSONException {
    return SavedState.from(intent.optJSONArray("saved"), classes);
  }

  List<Path> jars() {
    return List.of(apk, classes);
  }

  /** The resource qualifiers of the screen: 822 by 1782 pixels at 320 dpi. */
  String qualifiers() {
    Locale locale = configuration.locale();
    String region = locale.getCountry().isEmpty() ? "" : "-r" + locale.getCountry();
    return locale.getLanguage() + region + "-w411dp-h891dp-port-xhdpi";
  }

  Intent firstIntent(PackageManager packages, String packageName) throws JSONException {
    String activity = text(intent, "activity");
    return intent(intent, packageName, activity != null ? activity : launcher(packages, packageName))
        .addFlags(Intent.FLAG_ACTIVITY_NEW_TASK);
  }

  /** The intent of an {@code am start}: fields action, data, flags and extras (strings). */
  static Intent intent(JSONObject request, String packageName, String activity) throws JSONException {
    String action = text(request, "action");
    Intent intent = new Intent(action != null ? action : Intent.ACTION_MAIN).setClassName(packageName, activity);
    if (Intent.ACTION_MAIN.equals(intent.getAction())) {
      intent.addCategory(Intent.CATEGORY_LAUNCHER);
    }
    if (text(request, "data_uri") != null) {
      intent.setData(android.net.Uri.parse(text(request, "data_uri")));
    }
    intent.addFlags(request.optInt("flags", 0));
    JSONObject extras = request.optJSONObject("extras");
    if (extras != null) {
      for (Iterator<String> names = extras.keys(); names.hasNext(); ) {
        String name = names.next();
        intent.putExtra(name, extras.getString(name));
      }
    }
    return intent;
  }

  private static String launcher(PackageManager packages, String packageName) {
    Intent main = new Intent(Intent.ACTION_MAIN).addCategory(Intent.CATEGORY_LAUNCHER).setPackage(packageName);
    List<ResolveInfo> found = packages.queryIntentActivities(main, 0);
    if (found.isEmpty()) {
      throw new IllegalStateException(packageName + " has no launcher activity");
    }
    return found.get(0).activityInfo.name;
  }

  private static String text(JSONObject object, String name) throws JSONException {
    return object.isNull(name) ? null : object.getString(name);
  }
}
