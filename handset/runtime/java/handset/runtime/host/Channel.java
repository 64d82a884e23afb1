package handset.runtime.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The line to the device daemon: one JSON object a line, requests in on stdin, answers and events out on stdout.
 *
 * <p>Whatever else prints to {@code System.out} is diverted to stderr, so that it can't be taken for a message.
 */
public final class Channel {
  private final BufferedReader in;
  private final PrintStream out;

  private Channel(BufferedReader in, PrintStream out) {
    this.in = in;
    this.out = out;
  }

  /** Takes over this process's standard streams. */
  public static Channel overStandardStreams() {
    Channel channel =
        new Channel(
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
            new PrintStream(System.out, false, StandardCharsets.UTF_8));
    System.setOut(System.err);
    return channel;
  }

  /** The next line, or null when the daemon is gone. */
  public String read() throws IOException {
    return in.readLine();
  }

  public synchronized void write(String line) {
    out.print(line);
    out.print('\n');
    out.flush();
  }
}
