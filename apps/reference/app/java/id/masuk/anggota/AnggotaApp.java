package id.masuk.anggota;

import android.app.Application;
import android.os.Handler;
import android.os.Looper;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Holds what lives as long as the process: the backend, the session, and requests that outlive a screen. */
public final class AnggotaApp extends Application {
    private BackendAddress address;
    private BackendClient backend;
    private CurrentSession session;
    private RetryWait retryWait;
    private VersionGate versionGate;
    private Slot<Session> login;
    private Slot<Member> profile;
    private Slot<Void> passwordReset;
    private Slot<Void> logout;

    @Override
    public void onCreate() {
        super.onCreate();
        Defect.read(this);
        ExecutorService background = Executors.newCachedThreadPool();
        Handler main = new Handler(Looper.getMainLooper());
        AppVersion version = AppVersion.of(this);
        address = new BackendAddress(this);
        backend = new BackendClient(address, version, new Connectivity(this));
        session = new CurrentSession(new StoredSessions(this));
        retryWait = new RetryWait(this);
        versionGate = new VersionGate(this, version, backend, new Slot<>(background, main));
        login = new Slot<>(background, main);
        profile = new Slot<>(background, main);
        passwordReset = new Slot<>(background, main);
        logout = new Slot<>(background, main);
    }

    BackendAddress address() {
        return address;
    }

    BackendClient backend() {
        return backend;
    }

    CurrentSession session() {
        return session;
    }

    RetryWait retryWait() {
        return retryWait;
    }

    VersionGate versionGate() {
        return versionGate;
    }

    Slot<Session> login() {
        return login;
    }

    Slot<Member> profile() {
        return profile;
    }

    Slot<Void> passwordReset() {
        return passwordReset;
    }

    Slot<Void> logout() {
        return logout;
    }
}
