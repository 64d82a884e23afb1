package id.masuk.anggota;

import java.io.IOException;
import okhttp3.Response;
import org.json.JSONException;
import org.json.JSONObject;

/** Understands the backend's answers. Errors are told apart by the code in the body, not by the status alone. */
final class ReplyReader {
    private static final long LONGEST_BODY = 64 * 1024;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int WAIT_WHEN_NOT_TOLD = 60;

    private ReplyReader() {}

    static <T> Reply<T> read(Response response, BackendClient.BodyParser<T> parser) throws IOException {
        String text = response.peekBody(LONGEST_BODY).string();
        JSONObject body = jsonOf(text);
        Reply<T> reply = response.isSuccessful() ? success(body, parser) : failure(response, body);
        return reply.as(response.code(), text);
    }

    private static <T> Reply<T> success(JSONObject body, BackendClient.BodyParser<T> parser) {
        try {
            return Reply.ok(parser.parse(body));
        } catch (JSONException incomplete) {
            if (Defect.ANY_SUCCESS_LOGS_IN.isSeeded()) {
                return Reply.ok(parser.parseLoosely());
            }
            AppLog.trouble("answer not understood", incomplete);
            return Reply.of(Reply.Kind.SERVICE);
        }
    }

    private static <T> Reply<T> failure(Response response, JSONObject body) {
        switch (body.optString("code")) {
            case "wrong_credentials":
                return Reply.of(Reply.Kind.WRONG_CREDENTIALS);
            case "identifier_type":
                return Reply.of(Reply.Kind.IDENTIFIER_TYPE);
            case "account_blocked":
                if (Defect.BLOCK_KNOWN_BY_STATUS.isSeeded() && response.code() != 403) {
                    return Reply.of(Reply.Kind.SERVICE);
                }
                return Reply.of(Reply.Kind.BLOCKED);
            case "update_required":
                return Reply.of(Reply.Kind.UPDATE_REQUIRED);
            case "session_ended":
                return Reply.of(Reply.Kind.SESSION_ENDED);
            case "session_elsewhere":
                return Reply.of(Reply.Kind.SESSION_ELSEWHERE);
            case "captcha_required":
                return Reply.of(Reply.Kind.EXTRA_STEP);
            case "device_limit":
                return Reply.of(Reply.Kind.DEVICE_LIMIT);
            default:
                break;
        }
        int seconds = RetryAfter.secondsIn(response);
        if (response.code() == TOO_MANY_REQUESTS) {
            boolean told = seconds > 0 || Defect.WAIT_WITHOUT_TIME_UNKEPT.isSeeded();
            return Reply.later(Reply.Kind.WAIT, told ? seconds : WAIT_WHEN_NOT_TOLD);
        }
        return Reply.later(Reply.Kind.SERVICE, seconds);
    }

    /** The body as a JSON object; an empty one when it is something else, such as a page of a proxy. */
    private static JSONObject jsonOf(String text) {
        try {
            return new JSONObject(text);
        } catch (JSONException notJson) {
            if (text.startsWith("<") && Defect.CRASH_ON_HTML.isSeeded()) {
                throw new IllegalStateException(notJson);
            }
            return new JSONObject();
        }
    }
}
