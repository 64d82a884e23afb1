package id.masuk.anggota;

import android.content.ClipData;
import android.content.ClipboardManager;
import android.content.Intent;
import android.graphics.Typeface;
import android.os.Bundle;
import android.os.Handler;
import android.os.Looper;
import android.text.InputFilter;
import android.text.InputType;
import android.text.Spanned;
import android.view.View;
import android.widget.CheckBox;
import android.widget.EditText;
import android.widget.TextView;
import java.util.Locale;

/** The first screen: resumes a stored session or lets the member log in. */
public final class LoginActivity extends GatedActivity {
    /** Name of a {@link Reply.Kind} whose message the screen opens with. */
    static final String EXTRA_NOTICE = "notice";

    private static final Reply.Kind[] NOTICES = {Reply.Kind.SESSION_ENDED, Reply.Kind.SESSION_ELSEWHERE};
    private static final String STATE_MESSAGE = "message";
    private static CharSequence messageInMemory = "";
    private static final long CANCEL_OFFERED_AFTER_MS = 5_000;
    private static final long CANCEL_OFFERED_LATE_MS = 15_000;
    private static final long SIGN_OF_WORK_LATE_MS = 2_500;
    private static final int PALE_ERROR = 0xFFC0655F;
    private static final long SECOND_MS = 1_000;
    private static final long SIGN_OF_WORK_ENDS_AFTER_MS = 1_000;
    private static final int HALF_A_FINGER_DP = 24;
    private static final int HIDDEN = InputType.TYPE_CLASS_TEXT | InputType.TYPE_TEXT_VARIATION_PASSWORD;
    private static final int REVEALED = InputType.TYPE_CLASS_TEXT | InputType.TYPE_TEXT_VARIATION_VISIBLE_PASSWORD;

    private final Handler handler = new Handler(Looper.getMainLooper());
    private final Slot.Receiver<Session> login = this::onLoginReply;
    private final Slot.Receiver<Member> profile = this::onProfileReply;
    private final Runnable offerCancel = () -> findViewById(R.id.cancel).setVisibility(View.VISIBLE);
    private final Runnable hideSignOfWork = () -> findViewById(R.id.progress).setVisibility(View.GONE);
    private final Runnable showSignOfWork = this::showSignOfWork;
    private final Runnable countDown = this::countDown;

    private EditText identifier;
    private EditText password;
    private TextView message;
    private Identifier sent;
    private boolean repeated;
    private boolean stuck;
    private String firstMessage;

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        app().address().adopt(getIntent());
        setContentView(R.layout.login);
        identifier = findViewById(R.id.identifier);
        password = findViewById(R.id.password);
        message = findViewById(R.id.message);
        onTap(R.id.submit, this::submit);
        onTap(R.id.cancel, this::cancel);
        onTap(R.id.forgot, this::openForgot);
        onTap(R.id.help, () -> callForHelp(message));
        onTap(R.id.update_offer, () -> openStore(message));
        revealPassword(Defect.PASSWORD_SHOWN.isSeeded());
        CheckBox reveal = findViewById(R.id.reveal);
        reveal.setOnCheckedChangeListener((box, checked) -> revealPassword(checked && !Defect.PASSWORD_NEVER_SHOWN.isSeeded()));
        identifier.setSaveEnabled(!Defect.TURNING_LOSES_NUMBER.isSeeded());
        if (Defect.SMALL_TARGET.isSeeded()) {
            float density = getResources().getDisplayMetrics().density;
            findViewById(R.id.forgot).getLayoutParams().height = Math.round(HALF_A_FINGER_DP * density);
        }
        if (Defect.PASTE_REFUSED.isSeeded()) {
            password.setFilters(new InputFilter[] {this::refusePaste});
        }
        if (Defect.ERROR_PALE.isSeeded()) {
            message.setTextColor(PALE_ERROR);
        }
        if (Defect.FIRST_SCREEN_WAITS.isSeeded()) {
            findViewById(android.R.id.content).setVisibility(View.INVISIBLE);
        }
        password.setOnEditorActionListener((view, action, event) -> {
            submit();
            return true;
        });
        if (state == null) {
            showNotice(getIntent());
            resumeSession();
            if (Remembered.isBlocked(this)) {
                openBlocked();
            }
        } else if (!Defect.TURNING_LOSES_MESSAGE.isSeeded()) {
            boolean inMemory = Defect.MESSAGE_KEPT_IN_MEMORY.isSeeded();
            show(message, inMemory ? messageInMemory : state.getCharSequence(STATE_MESSAGE));
        }
    }

    @Override
    protected void onNewIntent(Intent intent) {
        super.onNewIntent(intent);
        setIntent(intent);
        app().address().adopt(intent);
    }

    @Override
    protected void onStart() {
        super.onStart();
        if (isFinishing()) {
            return;
        }
        showBusy();
        onVersionsHeard();
        if (!app().retryWait().isOver() && !Defect.COUNTDOWN_STOPS_IN_BACKGROUND.isSeeded()) {
            countDownLater();
        }
        app().login().attach(login);
        app().profile().attach(profile);
    }

    @Override
    protected void onVersionsHeard() {
        if (Defect.FIRST_SCREEN_WAITS.isSeeded() && app().versionGate().hasHeard()) {
            findViewById(android.R.id.content).setVisibility(View.VISIBLE);
        }
        findViewById(R.id.update_offer).setVisibility(app().versionGate().offersUpdate() ? View.VISIBLE : View.GONE);
    }

    @Override
    protected void onStop() {
        app().login().detach(login);
        app().profile().detach(profile);
        handler.removeCallbacksAndMessages(null);
        super.onStop();
    }

    @Override
    protected void onSaveInstanceState(Bundle state) {
        super.onSaveInstanceState(state);
        state.putCharSequence(STATE_MESSAGE, message.getText());
        messageInMemory = message.getText();
    }

    private void showNotice(Intent intent) {
        String notice = intent.getStringExtra(EXTRA_NOTICE);
        for (Reply.Kind kind : NOTICES) { // Any app can send any text.
            if (kind.name().equals(notice)) {
                show(message, Messages.of(this, Reply.of(kind)));
            }
        }
    }

    private void resumeSession() {
        Session session = app().session().get();
        if (session != null && !app().versionGate().isClosed()) {
            app().profile().start(app().backend().profile(session.token()));
        }
    }

    private void submit() {
        if (isBusy() && !Defect.DOUBLE_TAP_SENDS_TWO.isSeeded()) {
            return;
        }
        if (stuck) {
            return;
        }
        Identifier number = Identifier.parse(identifier.getText());
        if (number == null) {
            show(message, getString(
                    Defect.WRONG_KIND_AS_WRONG_DATA.isSeeded()
                            ? R.string.wrong_credentials
                            : Identifier.problemOf(identifier.getText())));
        } else if (password.length() == 0) {
            show(message, getString(R.string.password_missing));
        } else if (!app().retryWait().isOver()) {
            showWait();
        } else if (Remembered.answers(this, number)) {
            show(message, getString(R.string.wrong_credentials));
        } else if (Remembered.hasFailedTooOften(this)) {
            openBlocked();
        } else {
            if (!Defect.MESSAGE_OUTLASTS_NEXT_TRY.isSeeded()) {
                show(message, null);
            }
            sent = number;
            Remembered.sending(this, number, password.getText().toString());
            app().login().start(app().backend().login(number, asSent(password.getText().toString())));
            showBusy();
        }
    }

    private static String asSent(String typed) {
        if (Defect.PASSWORD_TRIMMED.isSeeded()) {
            return typed.trim();
        }
        if (Defect.PASSWORD_CUT.isSeeded()) {
            return typed.substring(0, Math.min(typed.length(), 32));
        }
        return Defect.PASSWORD_LOWERED.isSeeded() ? typed.toLowerCase(Locale.ROOT) : typed;
    }

    private void onLoginReply(Reply<Session> reply) {
        showBusy();
        boolean dropped = reply.kind() == Reply.Kind.CONNECTION_LOST && Defect.LOGIN_REPEATED_AFTER_DROP.isSeeded();
        boolean blocked = reply.kind() == Reply.Kind.BLOCKED && Defect.BLOCK_REPEATED.isSeeded();
        if ((dropped || blocked) && !repeated) {
            repeated = true;
            submit();
            return;
        }
        switch (reply.kind()) {
            case OK:
                Remembered.succeeded(this);
                password.setText("");
                app().session().set(reply.value());
                openHome(null);
                return;
            case UPDATE_REQUIRED:
                password.setText("");
                if (Defect.UPDATE_NOT_DEMANDED_AT_LOGIN.isSeeded()) {
                    show(message, getString(R.string.service_trouble));
                    return;
                }
                app().versionGate().close();
                requireUpdate(false);
                return;
            case BLOCKED:
                password.setText("");
                if (Defect.BLOCK_AS_WRONG_DATA.isSeeded()) {
                    show(message, getString(R.string.wrong_credentials));
                    return;
                }
                Remembered.failed(this);
                Remembered.blocked(this);
                show(message, null);
                openBlocked();
                return;
            case WRONG_CREDENTIALS:
                Remembered.failed(this);
                Remembered.wrong(this, sent);
                password.setText("");
                if (Defect.WRONG_DATA_LOSES_NUMBER.isSeeded()) {
                    identifier.setText("");
                }
                break;
            case WAIT:
                password.setText("");
                break;
            case OFFLINE:
                stuck = Defect.OFFLINE_NEEDS_RELAUNCH.isSeeded();
                if (Defect.OFFLINE_LOSES_NUMBER.isSeeded()) {
                    identifier.setText("");
                }
                break;
            case SERVICE:
                if (Defect.SERVER_ERROR_LOSES_NUMBER.isSeeded()) {
                    identifier.setText("");
                }
                break;
            default:
                break;
        }
        if (firstMessage == null || !Defect.FIRST_MESSAGE_STAYS.isSeeded()) {
            firstMessage = textFor(reply);
        }
        show(message, firstMessage);
        boolean kept = reply.kind() == Reply.Kind.WAIT
                ? !Defect.WAIT_NOT_KEPT.isSeeded()
                : !Defect.SERVER_WAIT_NOT_KEPT.isSeeded();
        if (reply.waitSeconds() > 0 && kept) {
            app().retryWait().begin(reply);
            countDownLater();
        }
    }

    /** What is said of a reply; null, or more than it should be, only in a build with a defect. */
    private String textFor(Reply<Session> reply) {
        boolean silent = reply.kind() == Reply.Kind.OFFLINE && Defect.OFFLINE_SILENT.isSeeded()
                || reply.kind() == Reply.Kind.WRONG_CREDENTIALS && Defect.WRONG_DATA_SILENT.isSeeded()
                || reply.status() >= 502 && Defect.GATEWAY_ERROR_SILENT.isSeeded();
        if (silent) {
            return null;
        }
        if (reply.kind() == Reply.Kind.SERVICE && Defect.STACK_TRACE_SHOWN.isSeeded()) {
            return reply.body();
        }
        String text = Messages.of(this, reply);
        return reply.kind() == Reply.Kind.WRONG_CREDENTIALS && Defect.MESSAGE_QUOTES_NUMBER.isSeeded()
                ? getString(R.string.wrong_for, text, sent.digits())
                : text;
    }

    private void openBlocked() {
        Intent intent = new Intent(this, BlockedActivity.class);
        if (Defect.BLOCK_TELLS_NUMBER.isSeeded()) {
            intent.putExtra(BlockedActivity.EXTRA_NUMBER, identifier.getText().toString());
        }
        startActivity(intent);
    }

    private void onProfileReply(Reply<Member> reply) {
        showBusy();
        Session session = app().session().get();
        if (session == null && reply.isOk() && Defect.LATE_CARD_LOGS_IN.isSeeded()) {
            session = new Session("late", reply.value());
        }
        if (session == null) {
            return;
        }
        if (reply.kind() == Reply.Kind.SERVICE && Defect.CRASH_ON_SERVER_ERROR_AT_START.isSeeded()) {
            throw new IllegalStateException("no profile");
        }
        if (reply.kind() == Reply.Kind.SERVICE && Defect.SERVER_ERROR_LOGS_OUT.isSeeded()) {
            app().session().clear();
            show(message, Messages.of(this, reply));
            return;
        }
        switch (reply.kind()) {
            case OK:
                if (!Defect.CARD_OLD_AT_START.isSeeded()) {
                    app().session().set(session.with(reply.value()));
                }
                openHome(null);
                break;
            case SESSION_ENDED:
            case SESSION_ELSEWHERE:
                if (Defect.SESSION_CHECKED_AGAIN_AND_AGAIN.isSeeded() && !repeated) {
                    repeated = true;
                    resumeSession();
                    return;
                }
                if (Defect.ENDED_SESSION_SHOWS_CARD.isSeeded()) {
                    openHome(Reply.Kind.SERVICE);
                    return;
                }
                app().session().clear();
                show(message, Messages.of(this, reply));
                break;
            case UPDATE_REQUIRED:
                app().versionGate().close();
                requireUpdate(false);
                break;
            default:
                openHome(reply.kind());
                break;
        }
    }

    /** Updates the wait on the screen every second, silently: a screen reader heard it once. */
    private void countDown() {
        handler.removeCallbacks(countDown);
        message.setAccessibilityLiveRegion(View.ACCESSIBILITY_LIVE_REGION_NONE);
        if (!app().retryWait().isOver()) {
            showWait();
            countDownLater();
            return;
        }
        if (Defect.WAIT_END_UNTOLD.isSeeded()) {
            return;
        }
        message.setAccessibilityLiveRegion(View.ACCESSIBILITY_LIVE_REGION_POLITE);
        show(message, getString(R.string.wait_over));
    }

    private void countDownLater() {
        if (!Defect.COUNTDOWN_STANDS_STILL.isSeeded()) {
            handler.postDelayed(countDown, SECOND_MS);
        }
    }

    private void showWait() {
        show(message, Messages.of(this, app().retryWait().remaining()));
    }

    private boolean isBusy() {
        return app().login().isBusy() || app().profile().isBusy();
    }

    private void showBusy() {
        boolean busy = isBusy();
        boolean shown = busy && !Defect.NO_SIGN_OF_WORK.isSeeded();
        if (shown && Defect.SIGN_OF_WORK_LATE.isSeeded()) {
            handler.postDelayed(showSignOfWork, SIGN_OF_WORK_LATE_MS);
        } else {
            findViewById(R.id.progress).setVisibility(shown ? View.VISIBLE : View.GONE);
        }
        findViewById(R.id.submit).setEnabled(!busy || Defect.DOUBLE_TAP_SENDS_TWO.isSeeded());
        if (busy && Defect.SIGN_OF_WORK_ENDS_EARLY.isSeeded()) {
            handler.postDelayed(hideSignOfWork, SIGN_OF_WORK_ENDS_AFTER_MS);
        }
        handler.removeCallbacks(offerCancel);
        if (app().login().isBusy() && !Defect.NO_WAY_TO_GIVE_UP.isSeeded()) {
            handler.postDelayed(
                    offerCancel, Defect.WAY_OUT_LATE.isSeeded() ? CANCEL_OFFERED_LATE_MS : CANCEL_OFFERED_AFTER_MS);
        } else {
            findViewById(R.id.cancel).setVisibility(View.GONE);
        }
    }

    private void showSignOfWork() {
        findViewById(R.id.progress).setVisibility(isBusy() ? View.VISIBLE : View.GONE);
    }

    private void cancel() {
        if (!Defect.CANCEL_WITHOUT_EFFECT.isSeeded()) {
            app().login().cancel();
        }
    }

    /** In a build with a defect: what the clipboard holds can't be entered. */
    private CharSequence refusePaste(CharSequence text, int start, int end, Spanned into, int from, int to) {
        ClipData copied = getSystemService(ClipboardManager.class).getPrimaryClip();
        boolean pasted = copied != null && text.length() > 0
                && text.toString().contentEquals(copied.getItemAt(0).coerceToText(this));
        return pasted ? "" : null;
    }

    private void revealPassword(boolean revealed) {
        int cursor = password.getSelectionEnd();
        password.setInputType(revealed ? REVEALED : HIDDEN);
        password.setTypeface(Typeface.DEFAULT); // A password field is monospaced, its hint too.
        password.setSelection(Math.max(0, cursor));
    }

    private void openForgot() {
        Intent intent = new Intent(this, ForgotActivity.class);
        if (!Defect.NUMBER_NOT_CARRIED_OVER.isSeeded()) {
            intent.putExtra(ForgotActivity.EXTRA_IDENTIFIER, identifier.getText().toString());
        }
        startActivity(intent);
    }

    private void openHome(Reply.Kind trouble) {
        Intent intent = new Intent(this, HomeActivity.class);
        if (trouble != null) {
            intent.putExtra(HomeActivity.EXTRA_TROUBLE, trouble.name());
        }
        replaceWith(intent);
    }
}
