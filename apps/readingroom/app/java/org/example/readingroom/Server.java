package org.example.readingroom;

import android.content.Context;
import android.content.pm.ApplicationInfo;
import android.util.Log;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.json.JSONException;
import org.json.JSONObject;

/** The library's server. Every call blocks until there is an answer, sends one request, and never throws. */
final class Server {
    private static final String LOG = "ReadingRoom";
    private static final String USUAL = "https://10.0.2.2:8443";
    private static final int PATIENCE_SECONDS = 8;
    private static final int LONGEST_WAIT_SECONDS = 24 * 60 * 60;
    private static final int USUAL_WAIT_SECONDS = 60;
    private static final long LONGEST_ANSWER = 64 * 1024;

    private final Context context;
    private volatile String address = USUAL;
    private OkHttpClient client;

    Server(Context context) {
        this.context = context;
    }

    /** A debuggable build can be sent to another server; null changes nothing. */
    void moveTo(String newAddress) {
        boolean debuggable = (context.getApplicationInfo().flags & ApplicationInfo.FLAG_DEBUGGABLE) != 0;
        if (debuggable && newAddress != null && newAddress.startsWith("https://")) {
            address = newAddress;
        }
    }

    Answer signIn(String number, String password) {
        Map<String, String> typed = new HashMap<>();
        typed.put("identifier", number);
        typed.put("password", password);
        JSONObject body = new JSONObject(typed);
        return answerTo("/v1/login", null, body, found -> Answer.welcome(
                Reader.text(found, "token"), Reader.of(found.getJSONObject("member"))));
    }

    Answer card(String token) {
        return answerTo("/v1/profile", token, null, found -> Answer.welcome(token, Reader.of(found)));
    }

    Answer signOut(String token) {
        return answerTo("/v1/logout", token, new JSONObject(), found -> Answer.of(Answer.Kind.WELCOME));
    }

    /** Sends a body, or asks without one. */
    private Answer answerTo(String path, String token, JSONObject body, Success success) {
        Request.Builder request = new Request.Builder().url(address + path).header("Accept", "application/json");
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (body != null) {
            request.post(new SentOnce(body));
        }
        Answer answer;
        try (Response response = client().newCall(request.build()).execute()) {
            answer = understand(response, success);
        } catch (IOException failure) {
            answer = Answer.of(Failure.kindOf(failure, context));
        }
        Log.i(LOG, path + ": " + answer.kind);
        return answer;
    }

    private static Answer understand(Response response, Success success) throws IOException {
        String text = response.peekBody(LONGEST_ANSWER).string();
        try {
            JSONObject body = new JSONObject(text);
            return response.isSuccessful() ? success.answer(body) : refusal(response, body.optString("code"));
        } catch (JSONException notOurs) {
            return refusal(response, "");
        }
    }

    private static Answer refusal(Response response, String code) {
        switch (code) {
            case "wrong_credentials":
                return Answer.of(Answer.Kind.WRONG);
            case "identifier_type":
                return Answer.of(Answer.Kind.UNACCEPTED_NUMBER);
            case "account_blocked":
                return Answer.of(Answer.Kind.BLOCKED);
            case "session_ended":
                return Answer.of(Answer.Kind.SIGNED_OUT);
            case "session_elsewhere":
                return Answer.of(Answer.Kind.SIGNED_IN_ELSEWHERE);
            case "wait":
                int told = secondsIn(response);
                return Answer.later(Answer.Kind.WAIT, told > 0 ? told : USUAL_WAIT_SECONDS);
            default:
                return Answer.later(Answer.Kind.TROUBLE, secondsIn(response));
        }
    }

    /** What Retry-After says, in seconds or as a date by the server's own clock; 0 when it says nothing. */
    private static int secondsIn(Response response) {
        String told = response.header("Retry-After", "");
        Date until = response.headers().getDate("Retry-After");
        long seconds = 0;
        if (until != null) {
            Date now = response.headers().getDate("Date");
            seconds = (until.getTime() - (now != null ? now.getTime() : System.currentTimeMillis()) + 999) / 1000;
        } else if (told.matches("\\d{1,9}")) {
            seconds = Long.parseLong(told);
        }
        return (int) Math.max(0, Math.min(seconds, LONGEST_WAIT_SECONDS));
    }

    /** Made on the thread of the first request, since setting up TLS is slow. */
    private synchronized OkHttpClient client() {
        if (client == null) {
            client = new OkHttpClient.Builder()
                    .connectTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .readTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .writeTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .callTimeout(3 * PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .retryOnConnectionFailure(false)
                    .followRedirects(false)
                    .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                    .build();
        }
        return client;
    }

    /** Makes an answer of the body of a success; one that lacks something is no success. */
    private interface Success {
        Answer answer(JSONObject body) throws JSONException;
    }

    /** The HTTP client repeats a body that may be sent twice, after a 503 for instance. */
    private static final class SentOnce extends RequestBody {
        private final byte[] content;

        SentOnce(JSONObject body) {
            content = body.toString().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public MediaType contentType() {
            return MediaType.get("application/json");
        }

        @Override
        public long contentLength() {
            return content.length;
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            sink.write(content);
        }
    }
}
