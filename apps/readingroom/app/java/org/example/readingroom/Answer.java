package org.example.readingroom;

/** What came of a request. */
final class Answer {
    enum Kind {
        WELCOME,
        WRONG,
        UNACCEPTED_NUMBER,
        BLOCKED,
        WAIT,
        SIGNED_OUT,
        SIGNED_IN_ELSEWHERE,
        TROUBLE,
        NO_CONNECTION,
        CONNECTION_LOST,
        TOO_SLOW,
        INSECURE
    }

    final Kind kind;
    /** Seconds until the next try is welcome; 0 when the server did not say. */
    final int seconds;
    /** Of a WELCOME to a sign-in: the token and the reader; null otherwise. */
    final String token;
    final Reader reader;

    private Answer(Kind kind, int seconds, String token, Reader reader) {
        this.kind = kind;
        this.seconds = seconds;
        this.token = token;
        this.reader = reader;
    }

    static Answer of(Kind kind) {
        return new Answer(kind, 0, null, null);
    }

    static Answer later(Kind kind, int seconds) {
        return new Answer(kind, seconds, null, null);
    }

    static Answer welcome(String token, Reader reader) {
        return new Answer(Kind.WELCOME, 0, token, reader);
    }
}
