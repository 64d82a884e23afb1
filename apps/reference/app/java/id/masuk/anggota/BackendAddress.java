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
    /** A text until a request needs it: OkHttp's classes would slow the first screen down. */
    private volatile String address = DEFAULT;

    BackendAddress(Context context) {
        changeable = (context.getApplicationInfo().flags & ApplicationInfo.FLAG_DEBUGGABLE) != 0;
    }

    /** Takes the address from the intent's extra {@code backend}, if this build may. */
    void adopt(Intent intent) {
        String given = changeable ? intent.getStringExtra(EXTRA) : null;
        if (given != null) {
            address = given;
        }
    }

    HttpUrl resolve(String path) {
        return given().newBuilder().encodedPath(path).build();
    }

    private HttpUrl given() {
        HttpUrl parsed = HttpUrl.parse(address);
        if (parsed != null && parsed.isHttps()) {
            return parsed;
        }
        AppLog.event("backend address ignored: not an https address");
        return HttpUrl.get(DEFAULT);
    }
}
