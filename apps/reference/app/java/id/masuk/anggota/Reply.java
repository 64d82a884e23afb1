package id.masuk.anggota;

/** What came of a request: its kind, and a value if it succeeded. */
final class Reply<T> {
    enum Kind {
        OK,
        WRONG_CREDENTIALS,
        IDENTIFIER_TYPE,
        BLOCKED,
        /** Too many attempts: {@link Reply#waitSeconds} says when the next one is allowed. */
        WAIT,
        UPDATE_REQUIRED,
        SESSION_ENDED,
        /** The member has logged in on another device. */
        SESSION_ELSEWHERE,
        /** The backend wants to see that a person logs in, which this app can't show. */
        EXTRA_STEP,
        /** Other members have used this device. */
        DEVICE_LIMIT,
        /** The backend answered with trouble, or with something that is no answer. */
        SERVICE,
        OFFLINE,
        CONNECTION_LOST,
        TOO_SLOW,
        INSECURE,
        /** The service's certificate is not valid at the phone's date. */
        OUT_OF_DATE,
        CANCELLED
    }

    private final Kind kind;
    private final T value;
    private final int waitSeconds;
    private int status;
    private String body = "";

    private Reply(Kind kind, T value, int waitSeconds) {
        this.kind = kind;
        this.value = value;
        this.waitSeconds = waitSeconds;
    }

    /** Notes what came over the wire. */
    Reply<T> as(int newStatus, String newBody) {
        status = newStatus;
        body = newBody;
        return this;
    }

    /** The HTTP status, 0 when there was no answer. */
    int status() {
        return status;
    }

    /** The answer's text, which is for machines. */
    String body() {
        return body;
    }

    static <T> Reply<T> ok(T value) {
        return new Reply<>(Kind.OK, value, 0);
    }

    static <T> Reply<T> of(Kind kind) {
        return new Reply<>(kind, null, 0);
    }

    static <T> Reply<T> later(Kind kind, int waitSeconds) {
        return new Reply<>(kind, null, waitSeconds);
    }

    Kind kind() {
        return kind;
    }

    boolean isOk() {
        return kind == Kind.OK;
    }

    T value() {
        return value;
    }

    /** Seconds for which no further attempt is welcome; 0 when the backend did not say. */
    int waitSeconds() {
        return waitSeconds;
    }
}
