package org.example.readingroom;

import android.app.Activity;
import android.content.Intent;
import android.os.Bundle;
import android.widget.TextView;

/** The library card of the reader who is signed in. */
public final class CardScreen extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.card);
        setTitle(R.string.card_title);
        findViewById(R.id.sign_out).setOnClickListener(view -> signOut());
        Reader reader = room().reader();
        if (reader == null) { // The process is a new one, and has to ask first.
            leave();
            return;
        }
        ((TextView) findViewById(R.id.reader_name)).setText(reader.name);
        ((TextView) findViewById(R.id.reader_card)).setText(reader.cardEnding);
        ((TextView) findViewById(R.id.reader_status)).setText(reader.status);
    }

    private ReadingRoom room() {
        return (ReadingRoom) getApplication();
    }

    /** What is kept of the reader goes first: that must not depend on the network. */
    private void signOut() {
        String token = room().shelf().token();
        room().shelf().forget();
        room().setReader(null);
        if (token != null) {
            room().signOut().run(() -> room().server().signOut(token));
        }
        leave();
    }

    private void leave() {
        startActivity(new Intent(this, SignInScreen.class));
        finish();
    }
}
