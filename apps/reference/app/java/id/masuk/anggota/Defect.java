package id.masuk.anggota;

import android.content.Context;
import android.content.pm.ApplicationInfo;
import android.content.pm.PackageManager;
import java.util.Locale;

/**
 * Promises that a build breaks on purpose, one at a time, so that tests can be tested. What each means stands in defects.toml.
 *
 * <p>A build is sound unless its manifest names a defect.
 */
enum Defect {
    OFFLINE_AS_WRONG_DATA,
    OFFLINE_SILENT,
    OFFLINE_AS_SERVICE_TROUBLE,
    OFFLINE_NEEDS_RELAUNCH,
    OFFLINE_LOSES_NUMBER,
    UNVALIDATED_NETWORK_TRUSTED,
    NO_SIGN_OF_WORK,
    NO_WAY_TO_GIVE_UP,
    NO_TIMEOUT,
    TIMEOUT_AS_WRONG_DATA,
    LOGIN_REPEATED_AFTER_DROP,
    DOUBLE_TAP_SENDS_TWO,
    DROP_AS_WRONG_DATA,
    MESSAGE_QUOTES_NUMBER,
    ANSWERED_WITHOUT_ASKING,
    WRONG_DATA_SILENT,
    PASSWORD_BLAMED_ALONE,
    WRONG_DATA_LOSES_NUMBER,
    PASSWORD_TRIMMED,
    PASSWORD_CUT,
    PASSWORD_LOWERED,
    VIRTUAL_ACCOUNT_SENT,
    ANY_NUMBER_SENT,
    WRONG_KIND_AS_WRONG_DATA,
    SPACES_NOT_FORGIVEN,
    CARD_NUMBER_REFUSED,
    BLOCK_AS_WRONG_DATA,
    BLOCK_WITHOUT_REMEDY,
    BLOCK_WITHOUT_HELP,
    BLOCK_REPEATED,
    BLOCK_TELLS_NUMBER,
    BLOCK_KNOWN_BY_STATUS,
    BLOCK_REMEMBERED,
    WAIT_NOT_KEPT,
    WAIT_DATE_IGNORED,
    WAIT_ENDS_WITH_PROCESS,
    WAIT_NOT_TOLD,
    EXTRA_STEP_UNNAMED,
    DEVICE_LIMIT_UNNAMED,
    CRASH_ON_CORRUPT_PREFERENCES,
    CRASH_ON_CORRUPT_DATABASE,
    CRASH_WITHOUT_KEY,
    UPDATE_LOGS_OUT,
    SESSION_CHECKED_AGAIN_AND_AGAIN,
    ENDED_SESSION_SHOWS_CARD,
    OTHER_DEVICE_UNNAMED,
    OFFLINE_LOGOUT_KEEPS_DATA,
    TOKEN_IN_CLEAR,
    PASSWORD_STORED,
    NUMBER_STORED,
    PASSWORD_LOGGED,
    NUMBER_LOGGED,
    CERTIFICATES_NOT_CHECKED,
    INSECURE_AS_OFFLINE,
    BACK_BYPASSES_UPDATE,
    UPDATE_NOT_DEMANDED_AT_LOGIN,
    STACK_TRACE_SHOWN,
    SERVER_ERROR_AS_WRONG_DATA,
    GATEWAY_ERROR_SILENT,
    SERVER_ERROR_LOSES_NUMBER,
    SERVER_WAIT_NOT_KEPT,
    ANY_SUCCESS_LOGS_IN,
    CRASH_ON_HTML,
    CRASH_ON_SERVER_ERROR_AT_START,
    SERVER_ERROR_LOGS_OUT,
    RESET_QUOTES_NUMBER,
    RESET_CLAIMS_SUCCESS,
    RESET_SENT_TWICE,
    PASSWORD_SHOWN,
    PASSWORD_NEVER_SHOWN,
    SMALL_TARGET,
    TURNING_LOSES_MESSAGE,
    MESSAGE_KEPT_IN_MEMORY,
    TURNING_LOSES_NUMBER,
    CARD_ASKED_AGAIN_AND_AGAIN,
    DATE_UNNAMED,
    WAIT_BY_CLOCK,
    WAIT_DATE_BY_CLOCK,
    OPTIONAL_UPDATE_DEMANDED,
    CRASH_ON_DIRTY_CACHE,
    CRASH_ON_UNUSABLE_STORAGE,
    LOST_SESSION_NOT_TOLD,
    EXTRA_STEP_GUESSED,
    MAIN_THREAD_WAITS,
    FAILURES_OUTLAST_SUCCESS,
    FAILURES_OUTLAST_BLOCK,
    SIGN_OF_WORK_ENDS_EARLY,
    PASTE_REFUSED,
    ERROR_PALE,
    SIGN_OF_WORK_LATE,
    WAY_OUT_LATE,
    FIRST_SCREEN_WAITS,
    CANCEL_WITHOUT_EFFECT,
    COUNTDOWN_STANDS_STILL,
    COUNTDOWN_STOPS_IN_BACKGROUND,
    WAIT_END_UNTOLD,
    HELP_DEAD,
    BLOCK_FORGOT_DEAD,
    UPDATE_DEMAND_OUTLASTS,
    CARD_REFRESH_DEAD,
    CARD_ANSWER_NOT_SHOWN,
    CARD_TROUBLE_UNTOLD,
    CARD_TROUBLE_STAYS,
    REFRESHED_CARD_NOT_KEPT,
    CARD_LOADS_UNSEEN,
    SESSION_END_ON_CARD_KEPT,
    SESSION_END_ON_CARD_UNTOLD,
    CARD_IGNORES_UPDATE,
    LOGOUT_NOT_SENT,
    LATE_CARD_LOGS_IN,
    CRASH_ON_CARD_MADE_ANEW,
    DRIPS_WAITED_FOR,
    CARD_OLD_AT_START,
    TURNING_LOSES_NOTE,
    TURNING_LOSES_RESET_ANSWER,
    UPDATE_BUTTON_DEAD;

    private static final String META_DATA = "id.masuk.anggota.defect";
    private static volatile String seeded = "";

    /** Reads which defect this build has. */
    static void read(Context context) {
        try {
            ApplicationInfo info = context.getPackageManager()
                    .getApplicationInfo(context.getPackageName(), PackageManager.GET_META_DATA);
            seeded = info.metaData == null ? "" : info.metaData.getString(META_DATA, "");
        } catch (PackageManager.NameNotFoundException impossible) {
            throw new IllegalStateException("the running app is not installed", impossible);
        }
    }

    boolean isSeeded() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-').equals(seeded);
    }
}
