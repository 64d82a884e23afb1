package android.app;

/** Robolectric's Config annotation names this class outside of the sandbox, where the framework is not. */
public class Application {}
