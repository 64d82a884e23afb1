package id.masuk.anggota;

import android.content.Context;

/** The words for replies that are not a success. */
final class Messages {
    private Messages() {}

    static String of(Context context, Reply<?> reply) {
        if (reply.kind() == Reply.Kind.WAIT) {
            return context.getString(R.string.wait, reply.waitSeconds());
        }
        if (reply.kind() == Reply.Kind.SERVICE && reply.waitSeconds() > 0) {
            return context.getString(R.string.service_trouble_wait, reply.waitSeconds());
        }
        return context.getString(resourceOf(reply.kind()));
    }

    private static int resourceOf(Reply.Kind kind) {
        switch (kind) {
            case WRONG_CREDENTIALS:
                return R.string.wrong_credentials;
            case IDENTIFIER_TYPE:
                return R.string.identifier_unaccepted;
            case SESSION_ENDED:
                return R.string.session_ended;
            case SESSION_ELSEWHERE:
                return R.string.session_elsewhere;
            case EXTRA_STEP:
                return R.string.extra_step;
            case DEVICE_LIMIT:
                return R.string.device_limit;
            case OFFLINE:
                return R.string.offline;
            case CONNECTION_LOST:
                return R.string.connection_lost;
            case TOO_SLOW:
                return R.string.too_slow;
            case INSECURE:
                return R.string.insecure;
            case CANCELLED:
                return R.string.cancelled;
            default:
                return R.string.service_trouble;
        }
    }
}
