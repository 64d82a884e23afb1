package handset.bake;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What baked framework classes ask of the shadows' classes, which are baked after them. Safe for many threads. */
final class ShadowNeeds {
  private final Set<String> instantiated = ConcurrentHashMap.newKeySet();
  private final Map<String, Map<String, Constructor>> constructors = new ConcurrentHashMap<>();

  /** A method of a shadow's class that stands in for a constructor. */
  record Constructor(String name, String descriptor) {}

  void instance(String shadow) {
    instantiated.add(shadow);
  }

  void constructor(String shadow, Constructor constructor) {
    constructors
        .computeIfAbsent(shadow, key -> new ConcurrentHashMap<>())
        .put(Names.constructorBridge(constructor.descriptor()), constructor);
  }

  boolean needsInstance(String shadow) {
    return instantiated.contains(shadow);
  }

  /** By the name of their bridge. */
  Map<String, Constructor> constructorsOf(String shadow) {
    return constructors.getOrDefault(shadow, Map.of());
  }
}
