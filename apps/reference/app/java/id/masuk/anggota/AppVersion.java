package id.masuk.anggota;

import android.content.Context;
import android.content.pm.PackageManager;

/** The version code of the installed app. */
final class AppVersion {
    private final int code;

    private AppVersion(int code) {
        this.code = code;
    }

    @SuppressWarnings("deprecation") // The successor of versionCode needs API 28.
    static AppVersion of(Context context) {
        try {
            return new AppVersion(
                    context.getPackageManager().getPackageInfo(context.getPackageName(), 0).versionCode);
        } catch (PackageManager.NameNotFoundException impossible) {
            throw new IllegalStateException("the running app is not installed", impossible);
        }
    }

    int code() {
        return code;
    }
}
