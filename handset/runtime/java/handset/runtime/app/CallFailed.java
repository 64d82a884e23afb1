package handset.runtime.app;

/** A request of the device that can't be done; the kind is part of the protocol. */
final class CallFailed extends Exception {
  private static final long serialVersionUID = 1L;

  enum Kind {
    STALE,
    UNSUPPORTED,
    INVALID,
    BUSY
  }

  final Kind kind;

  CallFailed(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }
}
