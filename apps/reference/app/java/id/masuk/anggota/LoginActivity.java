package id.masuk.anggota;

import android.content.Intent;
import android.graphics.Typeface;
import android.os.Bundle;
import android.os.Handler;
import android.os.Looper;
import android.text.InputType;
import android.view.View;
import android.widget.CheckBox;
import android.widget.EditText;
import android.widget.TextView;

/** The first screen: resumes a stored session or lets the member log in. */
public final class LoginActivity extends GatedActivity {
    /** Name of a {@link Reply.Kind} whose message the screen opens with. */
    static final String EXTRA_NOTICE = "notice";

    private static final Reply.Kind[] NOTICES = {Reply.Kind.SESSION_ENDED, Reply.Kind.SESSION_ELSEWHERE};
    private static final String STATE_MESSAGE = "message";
    private static final long CANCEL_OFFERED_AFTER_MS = 5_000;
    private static final long SECOND_MS = 1_000;
    private static final int HIDDEN = InputType.TYPE_CLASS_TEXT | InputType.TYPE_TEXT_VARIATION_PASSWORD;
    private static final int REVEALED = InputType.TYPE_CLASS_TEXT | InputType.TYPE_TEXT_VARIATION_VISIBLE_PASSWORD;

    private final Handler handler = new Handler(Looper.getMainLooper());
    private final Slot.Receiver<Session> login = this::onLoginReply;
    private final Slot.Receiver<Member> profile = this::onProfileReply;
    private final Runnable offerCancel = () -> findViewById(R.id.cancel).setVisibility(View.VISIBLE);
    private final Runnable countDown = this::countDown;

    private EditText identifier;
    private EditText password;
    private TextView message;

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        app().address().adopt(getIntent());
        setContentView(R.layout.login);
        identifier = findViewById(R.id.identifier);
        password = findViewById(R.id.password);
        message = findViewById(R.id.message);
        onTap(R.id.submit, this::submit);
        onTap(R.id.cancel, () -> app().login().cancel());
        onTap(R.id.forgot, this::openForgot);
        onTap(R.id.help, () -> callForHelp(message));
        revealPassword(false);
        CheckBox reveal = findViewById(R.id.reveal);
        reveal.setOnCheckedChangeListener((box, checked) -> revealPassword(checked));
        password.setOnEditorActionListener((view, action, event) -> {
            submit();
            return true;
        });
        if (state == null) {
            showNotice(getIntent());
            resumeSession();
        } else {
            show(message, state.getCharSequence(STATE_MESSAGE));
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
        if (!app().retryWait().isOver()) {
            handler.postDelayed(countDown, SECOND_MS);
        }
        app().login().attach(login);
        app().profile().attach(profile);
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
        if (isBusy()) {
            return;
        }
        Identifier number = Identifier.parse(identifier.getText());
        if (number == null) {
            show(message, getString(Identifier.problemOf(identifier.getText())));
        } else if (password.length() == 0) {
            show(message, getString(R.string.password_missing));
        } else if (!app().retryWait().isOver()) {
            showWait();
        } else {
            show(message, null);
            app().login().start(app().backend().login(number, password.getText().toString()));
            showBusy();
        }
    }

    private void onLoginReply(Reply<Session> reply) {
        showBusy();
        switch (reply.kind()) {
            case OK:
                password.setText("");
                app().session().set(reply.value());
                openHome(null);
                return;
            case UPDATE_REQUIRED:
                password.setText("");
                app().versionGate().close();
                requireUpdate(false);
                return;
            case BLOCKED:
                password.setText("");
                show(message, null);
                startActivity(new Intent(this, BlockedActivity.class));
                return;
            case WRONG_CREDENTIALS:
            case WAIT:
                password.setText("");
                break;
            default:
                break;
        }
        show(message, Messages.of(this, reply));
        if (reply.waitSeconds() > 0) {
            app().retryWait().begin(reply);
            handler.postDelayed(countDown, SECOND_MS);
        }
    }

    private void onProfileReply(Reply<Member> reply) {
        showBusy();
        Session session = app().session().get();
        if (session == null) {
            return;
        }
        switch (reply.kind()) {
            case OK:
                app().session().set(session.with(reply.value()));
                openHome(null);
                break;
            case SESSION_ENDED:
            case SESSION_ELSEWHERE:
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
            handler.postDelayed(countDown, SECOND_MS);
            return;
        }
        message.setAccessibilityLiveRegion(View.ACCESSIBILITY_LIVE_REGION_POLITE);
        show(message, getString(R.string.wait_over));
    }

    private void showWait() {
        show(message, Messages.of(this, app().retryWait().remaining()));
    }

    private boolean isBusy() {
        return app().login().isBusy() || app().profile().isBusy();
    }

    private void showBusy() {
        boolean busy = isBusy();
        findViewById(R.id.progress).setVisibility(busy ? View.VISIBLE : View.GONE);
        findViewById(R.id.submit).setEnabled(!busy);
        handler.removeCallbacks(offerCancel);
        if (app().login().isBusy()) {
            handler.postDelayed(offerCancel, CANCEL_OFFERED_AFTER_MS);
        } else {
            findViewById(R.id.cancel).setVisibility(View.GONE);
        }
    }

    private void revealPassword(boolean revealed) {
        int cursor = password.getSelectionEnd();
        password.setInputType(revealed ? REVEALED : HIDDEN);
        password.setTypeface(Typeface.DEFAULT); // A password field is monospaced, its hint too.
        password.setSelection(Math.max(0, cursor));
    }

    private void openForgot() {
        startActivity(new Intent(this, ForgotActivity.class)
                .putExtra(ForgotActivity.EXTRA_IDENTIFIER, identifier.getText().toString()));
    }

    private void openHome(Reply.Kind trouble) {
        Intent intent = new Intent(this, HomeActivity.class);
        if (trouble != null) {
            intent.putExtra(HomeActivity.EXTRA_TROUBLE, trouble.name());
        }
        replaceWith(intent);
    }
}
