package handset.runtime.app;

import android.app.Application;
import android.app.ResourcesManager;
import android.content.res.Configuration;
import android.content.res.Resources;
import android.os.LocaleList;
import android.util.DisplayMetrics;
import java.util.Locale;
import org.json.JSONException;
import org.json.JSONObject;
import org.robolectric.RuntimeEnvironment;

/**
 * What the user has chosen for this app.
 *
 * @param locales its languages as tags with commas between, the preferred one first
 * @param fontScale the factor of text sizes
 */
record UserConfiguration(String locales, float fontScale) {
  private static final UserConfiguration DEFAULT = new UserConfiguration("id-ID", 1);

  static UserConfiguration from(JSONObject request) throws JSONException {
    JSONObject chosen = request.optJSONObject("configuration");
    if (chosen == null) {
      return DEFAULT;
    }
    return new UserConfiguration(chosen.getString("locales"), (float) chosen.getDouble("font_scale"));
  }

  /** The preferred language. */
  Locale locale() {
    return Locale.forLanguageTag(locales.split(",")[0]);
  }

  /** Robolectric starts an app with one language only. */
  void applyOtherLocales() {
    if (locales.contains(",")) {
      apply();
    }
  }

  /** Changes the configuration of the running app: its activities handle that or are made anew. */
  void apply() {
    Application application = RuntimeEnvironment.getApplication();
    Resources resources = application.getResources();
    LocaleList list = LocaleList.forLanguageTags(locales);
    Configuration configuration = new Configuration(resources.getConfiguration());
    configuration.setLocales(list);
    configuration.fontScale = fontScale;
    DisplayMetrics metrics = new DisplayMetrics();
    metrics.setTo(resources.getDisplayMetrics());
    metrics.scaledDensity = metrics.density * fontScale;
    LocaleList.setDefault(list);
    ResourcesManager.getInstance().applyConfigurationToResources(configuration, null);
    application.onConfigurationChanged(configuration);
    Resources.getSystem().updateConfiguration(configuration, metrics);
    resources.updateConfiguration(configuration, metrics);
  }
}
