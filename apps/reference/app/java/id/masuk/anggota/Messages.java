package id.masuk.anggota;

import android.content.Context;

/** The words for replies that are not a success. */
final class Messages {
    private Messages() {}

    static String of(Context context, Reply<?> reply) {
        if (reply.kind() == Reply.Kind.WAIT && Defect.WAIT_NOT_TOLD.isSeeded()) {
            return context.getString(R.string.service_trouble);
        }
        if (reply.kind() == Reply.Kind.WAIT) {
            return context.getString(R.string.wait, reply.waitSeconds());
        }
        if (reply.kind() == Reply.Kind.SERVICE && reply.waitSeconds() > 0) {
            return context.getString(R.string.service_trouble_wait, reply.waitSeconds());
        }
        return context.getString(resourceOf(mistaken(reply.kind())));
    }

    /** The kind that is told, which is another one only in a build with a defect. */
    private static Reply.Kind mistaken(Reply.Kind kind) {
        switch (kind) {
            case OFFLINE:
                if (Defect.OFFLINE_AS_SERVICE_TROUBLE.isSeeded()) {
                    return Reply.Kind.SERVICE;
                }
                return Defect.OFFLINE_AS_WRONG_DATA.isSeeded() ? Reply.Kind.WRONG_CREDENTIALS : kind;
            case TOO_SLOW:
                return Defect.TIMEOUT_AS_WRONG_DATA.isSeeded() ? Reply.Kind.WRONG_CREDENTIALS : kind;
            case CONNECTION_LOST:
                return Defect.DROP_AS_WRONG_DATA.isSeeded() ? Reply.Kind.WRONG_CREDENTIALS : kind;
            case SERVICE:
                return Defect.SERVER_ERROR_AS_WRONG_DATA.isSeeded() ? Reply.Kind.WRONG_CREDENTIALS : kind;
            case INSECURE:
                return Defect.INSECURE_AS_OFFLINE.isSeeded() ? Reply.Kind.OFFLINE : kind;
            case OUT_OF_DATE:
                return Defect.DATE_UNNAMED.isSeeded() ? Reply.Kind.INSECURE : kind;
            case SESSION_ELSEWHERE:
                return Defect.OTHER_DEVICE_UNNAMED.isSeeded() ? Reply.Kind.SESSION_ENDED : kind;
            case EXTRA_STEP:
                return Defect.EXTRA_STEP_UNNAMED.isSeeded() ? Reply.Kind.SERVICE : kind;
            case DEVICE_LIMIT:
                return Defect.DEVICE_LIMIT_UNNAMED.isSeeded() ? Reply.Kind.SERVICE : kind;
            default:
                return kind;
        }
    }

    private static int resourceOf(Reply.Kind kind) {
        switch (kind) {
            case WRONG_CREDENTIALS:
                return Defect.PASSWORD_BLAMED_ALONE.isSeeded() ? R.string.wrong_password : R.string.wrong_credentials;
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
            case OUT_OF_DATE:
                return R.string.out_of_date;
            case CANCELLED:
                return R.string.cancelled;
            default:
                return R.string.service_trouble;
        }
    }
}
