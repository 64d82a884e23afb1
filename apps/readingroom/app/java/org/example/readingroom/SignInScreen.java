package org.example.readingroom;

import android.app.Activity;
import android.app.AlertDialog;
import android.content.Intent;
import android.os.Bundle;
import android.text.InputType;
import android.view.View;
import android.widget.Button;
import android.widget.EditText;
import android.widget.ImageButton;

/** Asks for the number first and for the password on a second page. What has to be said is said in a dialog. */
public final class SignInScreen extends Activity {
    private static final String ON_PASSWORD_PAGE = "on_password_page";
    private static final String SAID = "said";
    private static final int HIDDEN = InputType.TYPE_CLASS_TEXT | InputType.TYPE_TEXT_VARIATION_PASSWORD;
    private static final int SHOWN = InputType.TYPE_CLASS_TEXT | InputType.TYPE_TEXT_VARIATION_VISIBLE_PASSWORD;

    private EditText number;
    private EditText password;
    private boolean onPasswordPage;
    /** What the dialog says, also while the screen is away; null when there is none. */
    private String said;
    private AlertDialog dialog;

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.sign_in);
        number = findViewById(R.id.reader_number);
        password = findViewById(R.id.secret);
        findViewById(R.id.go_on).setOnClickListener(view -> goOn());
        findViewById(R.id.who).setOnClickListener(view -> turnTo(false));
        findViewById(R.id.eye).setOnClickListener(view -> show(password.getInputType() == HIDDEN));
        findViewById(R.id.sign_in).setOnClickListener(view -> signIn());
        room().server().moveTo(getIntent().getStringExtra("server"));
        if (state != null) {
            said = state.getString(SAID);
            turnTo(state.getBoolean(ON_PASSWORD_PAGE));
        } else {
            resume();
        }
    }

    @Override
    protected void onRestoreInstanceState(Bundle state) {
        super.onRestoreInstanceState(state);
        turnTo(onPasswordPage); // The number is there only now.
    }

    @Override
    protected void onNewIntent(Intent intent) {
        super.onNewIntent(intent);
        room().server().moveTo(intent.getStringExtra("server"));
    }

    @Override
    protected void onStart() {
        super.onStart();
        say(said);
        room().signIn().answerTo(this::onAnswer);
        showWork();
    }

    @Override
    protected void onStop() {
        room().signIn().answerTo(null);
        if (dialog != null) {
            dialog.dismiss();
            dialog = null;
        }
        super.onStop();
    }

    @Override
    protected void onSaveInstanceState(Bundle state) {
        super.onSaveInstanceState(state);
        state.putString(SAID, said);
        state.putBoolean(ON_PASSWORD_PAGE, onPasswordPage);
    }

    @Override
    public void onBackPressed() {
        if (onPasswordPage) {
            turnTo(false);
        } else {
            super.onBackPressed();
        }
    }

    private ReadingRoom room() {
        return (ReadingRoom) getApplication();
    }

    private void resume() {
        String token = room().shelf().token();
        if (token != null) {
            room().signIn().run(() -> room().server().card(token));
        }
    }

    private String typedNumber() {
        return number.getText().toString().trim();
    }

    private void goOn() {
        int problem = ReaderNumber.problemOf(typedNumber());
        if (problem != 0) {
            say(getString(problem));
        } else {
            turnTo(true);
        }
    }

    private void turnTo(boolean passwordPage) {
        onPasswordPage = passwordPage;
        findViewById(R.id.number_page).setVisibility(passwordPage ? View.GONE : View.VISIBLE);
        findViewById(R.id.password_page).setVisibility(passwordPage ? View.VISIBLE : View.GONE);
        ((Button) findViewById(R.id.who)).setText(getString(R.string.who, Reader.ending(typedNumber())));
    }

    private void show(boolean shown) {
        password.setInputType(shown ? SHOWN : HIDDEN);
        password.setSelection(password.length());
        ImageButton eye = findViewById(R.id.eye);
        eye.setContentDescription(getString(shown ? R.string.hide_password : R.string.show_password));
    }

    private void signIn() {
        int seconds = room().shelf().secondsToWait();
        if (seconds > 0) {
            say(Words.about(Answer.later(room().shelf().reasonToWait(), seconds), this));
        } else if (password.length() == 0) {
            say(getString(R.string.password_missing));
        } else {
            String who = typedNumber();
            String secret = password.getText().toString();
            room().signIn().run(() -> room().server().signIn(who, secret));
            showWork();
        }
    }

    private void onAnswer(Answer answer) {
        showWork();
        switch (answer.kind) {
            case WELCOME:
                room().setReader(answer.reader);
                room().shelf().keep(answer.token);
                startActivity(new Intent(this, CardScreen.class));
                finish();
                return;
            case SIGNED_OUT:
            case SIGNED_IN_ELSEWHERE:
                room().shelf().forget();
                break;
            default:
                break;
        }
        if (answer.seconds > 0) {
            room().shelf().waitFor(answer);
        }
        password.setText("");
        say(Words.about(answer, this));
    }

    private void showWork() {
        boolean working = room().signIn().isRunning();
        findViewById(R.id.working).setVisibility(working ? View.VISIBLE : View.GONE);
        findViewById(R.id.sign_in).setEnabled(!working);
        findViewById(R.id.go_on).setEnabled(!working);
    }

    private void say(String text) {
        said = text;
        if (dialog != null) {
            dialog.dismiss();
        }
        dialog = text == null ? null : new AlertDialog.Builder(this)
                .setMessage(text)
                .setPositiveButton(R.string.ok, (shown, button) -> said = null)
                .setOnCancelListener(shown -> said = null)
                .show();
    }
}
