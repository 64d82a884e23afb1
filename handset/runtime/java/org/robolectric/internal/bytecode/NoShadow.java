package org.robolectric.internal.bytecode;

/** Gives baked classes the mark of an object that has no shadow, which Robolectric keeps to its own package. */
public final class NoShadow {
  /** The mark. */
  public static final Object MARK = ShadowWrangler.NO_SHADOW;

  private NoShadow() {}
}
