package handset.bake;

import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts call sites by what became of them, and lists the classes that could not be baked. */
final class BakeReport {
  private final Map<String, LongAdder> sites = new ConcurrentSkipListMap<>();
  private final Map<String, String> failures = new ConcurrentSkipListMap<>();

  void count(String kind) {
    sites.computeIfAbsent(kind, key -> new LongAdder()).increment();
  }

  /** A class that keeps its ordinary way. */
  void failed(String entry, Throwable reason) {
    failures.put(entry, reason.toString());
  }

  void print(PrintStream out) {
    sites.forEach((kind, count) -> out.println("site\t" + count + "\t" + kind));
    failures.forEach((entry, reason) -> out.println("unbaked\t" + entry + "\t" + reason));
  }
}
