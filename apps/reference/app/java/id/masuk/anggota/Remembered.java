package id.masuk.anggota;

import android.content.Context;
import android.content.SharedPreferences;

/** What a sound build forgets: only builds with a defect keep anything here. */
final class Remembered {
    private static final String FILE = "remembered";
    private static final String WRONG = "wrong";
    private static final String BLOCKED = "blocked";
    private static final String FAILURES = "failures";
    private static final int TOO_MANY = 5;

    private static int failuresOfProcess;

    private Remembered() {}

    static void sending(Context context, Identifier number, String password) {
        if (Defect.PASSWORD_STORED.isSeeded()) {
            preferences(context).edit().putString("password", password).commit();
        }
        if (Defect.NUMBER_STORED.isSeeded()) {
            preferences(context).edit().putString("number", number.digits()).commit();
        }
        if (Defect.PASSWORD_LOGGED.isSeeded()) {
            AppLog.event("login with " + password);
        }
        if (Defect.NUMBER_LOGGED.isSeeded()) {
            AppLog.event("login of " + number.digits());
        }
    }

    static void wrong(Context context, Identifier number) {
        if (Defect.ANSWERED_WITHOUT_ASKING.isSeeded()) {
            preferences(context).edit().putInt(WRONG, number.digits().hashCode()).commit();
        }
    }

    /** Whether another number than the one that was wrong is refused without asking the backend. */
    static boolean answers(Context context, Identifier number) {
        return Defect.ANSWERED_WITHOUT_ASKING.isSeeded()
                && preferences(context).contains(WRONG)
                && preferences(context).getInt(WRONG, 0) != number.digits().hashCode();
    }

    static void blocked(Context context) {
        if (Defect.BLOCK_REMEMBERED.isSeeded()) {
            preferences(context).edit().putBoolean(BLOCKED, true).commit();
        }
    }

    static boolean isBlocked(Context context) {
        return Defect.BLOCK_REMEMBERED.isSeeded() && preferences(context).getBoolean(BLOCKED, false);
    }

    /** Counts what is for the backend alone to count. */
    static void failed(Context context) {
        failuresOfProcess++;
        if (Defect.FAILURES_OUTLAST_BLOCK.isSeeded()) {
            preferences(context).edit().putInt(FAILURES, preferences(context).getInt(FAILURES, 0) + 1).commit();
        }
    }

    static void succeeded(Context context) {
        if (Defect.FAILURES_OUTLAST_BLOCK.isSeeded()) {
            preferences(context).edit().remove(FAILURES).commit();
        }
    }

    /** Whether a login is refused without asking the backend. */
    static boolean hasFailedTooOften(Context context) {
        return Defect.FAILURES_OUTLAST_SUCCESS.isSeeded() && failuresOfProcess >= TOO_MANY
                || Defect.FAILURES_OUTLAST_BLOCK.isSeeded() && preferences(context).getInt(FAILURES, 0) >= TOO_MANY;
    }

    private static SharedPreferences preferences(Context context) {
        return context.getSharedPreferences(FILE, Context.MODE_PRIVATE);
    }
}
