package id.masuk.anggota;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.json.JSONException;
import org.json.JSONObject;

/** The requests that the backend understands. Each is sent once: repeating is the user's decision. */
final class BackendClient {
    private static final int TIMEOUT_SECONDS = 10;
    private static final int WHOLE_CALL_SECONDS = 20;

    private final BackendAddress address;
    private final AppVersion version;
    private final Connectivity connectivity;
    private OkHttpClient client;

    BackendClient(BackendAddress address, AppVersion version, Connectivity connectivity) {
        this.address = address;
        this.version = version;
        this.connectivity = connectivity;
    }

    Exchange<Session> login(Identifier identifier, String password) {
        Exchange<Session> once = loginOnce(identifier, password);
        return Defect.EXTRA_STEP_GUESSED.isSeeded()
                ? new Guessing(once, () -> loginOnce(identifier, password + "?"))
                : once;
    }

    private Exchange<Session> loginOnce(Identifier identifier, String password) {
        return exchange(
                () -> request("/v1/login")
                        .post(OneShotJson.of("identifier", identifier.digits(), "password", password)),
                new BodyParser<Session>() {
                    @Override
                    public Session parse(JSONObject body) throws JSONException {
                        return Session.parse(body);
                    }

                    @Override
                    public Session parseLoosely() {
                        return new Session("none", new Member("Peserta", "0000000000000", "AKTIF"));
                    }
                });
    }

    Exchange<Member> profile(String token) {
        return exchange(() -> authorised("/v1/profile", token).get(), Member::parse);
    }

    Exchange<Void> logout(String token) {
        return exchange(() -> authorised("/v1/logout", token).post(OneShotJson.of()), BackendClient::accepted);
    }

    Exchange<Versions> versions() {
        return exchange(() -> request("/v1/app-version").get(), Versions::parse);
    }

    Exchange<Void> passwordReset(Identifier identifier) {
        return exchange(
                () -> request("/v1/password-reset").post(OneShotJson.of("identifier", identifier.digits())),
                BackendClient::accepted);
    }

    /** An answer without data still has to be the backend's own. */
    private static Void accepted(JSONObject body) throws JSONException {
        if (!Defect.RESET_BELIEVES_ANY_SUCCESS.isSeeded()) {
            JsonText.required(body, "status");
        }
        return null;
    }

    private Request.Builder request(String path) {
        return new Request.Builder()
                .url(address.resolve(path))
                .header("Accept", "application/json")
                .header("X-App-Version", String.valueOf(version.code()));
    }

    private Request.Builder authorised(String path, String token) {
        return request(path).header("Authorization", "Bearer " + token);
    }

    /** The request too is made on the exchange's thread: OkHttp's classes would slow the first screen down. */
    private <T> Exchange<T> exchange(Supplier<Request.Builder> request, BodyParser<T> parser) {
        return new HttpExchange<>(this::client, request, parser, connectivity);
    }

    /** Made at the first request, on its background thread: setting up TLS is slow. */
    private synchronized OkHttpClient client() {
        if (client == null) {
            boolean limited = !Defect.NO_TIMEOUT.isSeeded();
            client = Certificates.checkedBy(new OkHttpClient.Builder())
                    .connectTimeout(limited ? TIMEOUT_SECONDS : 0, TimeUnit.SECONDS)
                    .readTimeout(limited ? TIMEOUT_SECONDS : 0, TimeUnit.SECONDS)
                    .writeTimeout(limited ? TIMEOUT_SECONDS : 0, TimeUnit.SECONDS)
                    .callTimeout(
                            limited && !Defect.DRIPS_WAITED_FOR.isSeeded() ? WHOLE_CALL_SECONDS : 0, TimeUnit.SECONDS)
                    .retryOnConnectionFailure(false)
                    .followRedirects(false)
                    // A kept connection may be dead after the network changed; requests are too rare to gain from one.
                    .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                    .build();
        }
        return client;
    }

    /** Reads the body of a successful answer. */
    interface BodyParser<T> {
        /** Throws if the body lacks what it must have: such an answer is not a success. */
        T parse(JSONObject body) throws JSONException;

        /** What a build makes of any success that does not look at the body: a defect. */
        default T parseLoosely() {
            return null;
        }
    }
}
