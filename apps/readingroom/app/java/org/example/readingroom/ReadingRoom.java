package org.example.readingroom;

import android.app.Application;

/** Holds what outlives a screen: the library's server, the key to it, and the errand that is being run. */
public final class ReadingRoom extends Application {
    private Server server;
    private Shelf shelf;
    private Errand signIn;
    private Errand signOut;
    private Reader reader;

    @Override
    public void onCreate() {
        super.onCreate();
        server = new Server(this);
        shelf = new Shelf(this);
        signIn = new Errand();
        signOut = new Errand();
    }

    Server server() {
        return server;
    }

    Shelf shelf() {
        return shelf;
    }

    /** Signing in, by password or by what is on the shelf. */
    Errand signIn() {
        return signIn;
    }

    Errand signOut() {
        return signOut;
    }

    /** Whose card is shown; null until the server has said. */
    Reader reader() {
        return reader;
    }

    void setReader(Reader reader) {
        this.reader = reader;
    }
}
