package id.masuk.anggota;

import android.content.Context;
import android.content.Intent;
import android.content.pm.ApplicationInfo;
import okhttp3.HttpUrl;

/** Where the backend is. A debuggable build can be pointed elsewhere by whoever starts it. */
final class BackendAddress {
    private static final String EXTRA = "backend";
    private static final String DEFAULT = "https://10.0.2.2:8443";

    private final boolean changeable;
    private volatile HttpUrl url = HttpUrl.get(DEFAULT);

    BackendAddress(Context context) {
        changeable = (context.getApplicationInfo().flags & ApplicationInfo.FLAG_DEBUGGABLE) != 0;
    }

    /** Takes the address from the intent's extra {@code backend}, if this build may and the address is https. */
    void adopt(Intent intent) {
        String given = changeable ? intent.getStringExtra(EXTRA) : null;
        if (given == null) {
            return;
        }
        HttpUrl parsed = HttpUrl.parse(given);
        if (parsed == null || !parsed.isHttps()) {
            AppLog.event("backend address ignored: not an https address");
            return;
        }
        url = parsed;
    }

    HttpUrl resolve(String path) {
        return url.newBuilder().encodedPath(path).build();
    }
}
