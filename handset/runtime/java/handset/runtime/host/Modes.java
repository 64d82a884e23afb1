package handset.runtime.host;

import java.util.LinkedHashMap;
import java.util.Map;
import org.robolectric.annotation.ConscryptMode;
import org.robolectric.annotation.GraphicsMode;
import org.robolectric.annotation.LooperMode;
import org.robolectric.annotation.SQLiteMode;
import org.robolectric.annotation.experimental.LazyApplication;

/** The modes of Robolectric in which apps run: a real looper, real graphics and a real database. */
public final class Modes {
  private Modes() {}

  /** By the class of the mode. */
  public static Map<Class<?>, Object> all() {
    Map<Class<?>, Object> modes = new LinkedHashMap<>();
    modes.put(ConscryptMode.Mode.class, ConscryptMode.Mode.OFF);
    modes.put(LooperMode.Mode.class, LooperMode.Mode.PAUSED);
    modes.put(LazyApplication.LazyLoad.class, LazyApplication.LazyLoad.OFF);
    modes.put(GraphicsMode.Mode.class, GraphicsMode.Mode.NATIVE);
    modes.put(SQLiteMode.Mode.class, SQLiteMode.Mode.NATIVE);
    return modes;
  }
}
