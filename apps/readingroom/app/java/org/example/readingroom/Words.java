package org.example.readingroom;

import android.content.Context;

/** What the app says about an answer that is no welcome. */
final class Words {
    private Words() {}

    static String about(Answer answer, Context context) {
        switch (answer.kind) {
            case WAIT:
                return context.getString(R.string.wait, answer.seconds);
            case TROUBLE:
                return answer.seconds > 0
                        ? context.getString(R.string.trouble_wait, answer.seconds)
                        : context.getString(R.string.trouble);
            case WRONG:
                return context.getString(R.string.wrong_data);
            case UNACCEPTED_NUMBER:
                return context.getString(R.string.unaccepted_number);
            case BLOCKED:
                return context.getString(R.string.blocked);
            case SIGNED_OUT:
                return context.getString(R.string.signed_out);
            case SIGNED_IN_ELSEWHERE:
                return context.getString(R.string.signed_in_elsewhere);
            case NO_CONNECTION:
                return context.getString(R.string.no_connection);
            case CONNECTION_LOST:
                return context.getString(R.string.connection_lost);
            case TOO_SLOW:
                return context.getString(R.string.too_slow);
            case INSECURE:
                return context.getString(R.string.insecure);
            default:
                throw new IllegalArgumentException("nothing is to be said about " + answer.kind);
        }
    }
}
