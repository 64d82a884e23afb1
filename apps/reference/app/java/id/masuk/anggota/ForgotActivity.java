package id.masuk.anggota;

import android.os.Bundle;
import android.view.View;
import android.widget.EditText;
import android.widget.TextView;

/** Asks for a new password. Its answer is the same whether the number is registered or not. */
public final class ForgotActivity extends AnggotaActivity {
    /** The text to begin with. */
    static final String EXTRA_IDENTIFIER = "identifier";

    private static final String STATE_MESSAGE = "message";

    private final Slot.Receiver<Void> passwordReset = this::onReply;

    private EditText identifier;
    private TextView message;

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.forgot);
        identifier = findViewById(R.id.identifier);
        message = findViewById(R.id.message);
        onTap(R.id.submit, this::submit);
        onTap(R.id.help, () -> callForHelp(message));
        if (state == null) {
            identifier.setText(getIntent().getStringExtra(EXTRA_IDENTIFIER));
        } else if (!Defect.TURNING_LOSES_RESET_ANSWER.isSeeded()) {
            show(message, state.getCharSequence(STATE_MESSAGE));
        }
    }

    @Override
    protected void onStart() {
        super.onStart();
        showBusy();
        app().passwordReset().attach(passwordReset);
    }

    @Override
    protected void onStop() {
        app().passwordReset().detach(passwordReset);
        super.onStop();
    }

    @Override
    protected void onSaveInstanceState(Bundle state) {
        super.onSaveInstanceState(state);
        state.putCharSequence(STATE_MESSAGE, message.getText());
    }

    private void submit() {
        Identifier number = Identifier.parse(identifier.getText());
        if (number == null && Defect.RESET_SENDS_ANY_NUMBER.isSeeded()) {
            number = Identifier.unchecked(identifier.getText());
        }
        if (number == null) {
            show(message, getString(Identifier.problemOf(identifier.getText())));
            return;
        }
        show(message, null);
        app().passwordReset().start(app().backend().passwordReset(number));
        if (Defect.RESET_SENT_TWICE.isSeeded()) {
            app().logout().start(app().backend().passwordReset(number));
        }
        showBusy();
    }

    private void onReply(Reply<Void> reply) {
        showBusy();
        boolean accepted = reply.isOk() || Defect.RESET_CLAIMS_SUCCESS.isSeeded();
        String text = accepted ? getString(R.string.forgot_accepted) : Messages.of(this, reply);
        if (Defect.RESET_QUOTES_NUMBER.isSeeded()) {
            text = getString(R.string.wrong_for, text, identifier.getText());
        }
        show(message, text);
    }

    private void showBusy() {
        boolean busy = app().passwordReset().isBusy();
        findViewById(R.id.progress).setVisibility(busy ? View.VISIBLE : View.GONE);
        findViewById(R.id.submit).setEnabled(!busy);
    }
}
