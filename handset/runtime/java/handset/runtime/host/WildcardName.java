package handset.runtime.host;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A name that embeds its address, such as {@code 10-0-2-2.sslip.io}: public services answer such names on the internet.
 *
 * <p>The device knows the answer without asking, so that its host can be reached by a name where there is no internet.
 */
final class WildcardName {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:.*[.-])?(\\d{1,3})([.-])(\\d{1,3})\\2(\\d{1,3})\\2(\\d{1,3})\\.(?:sslip|nip)\\.io",
          Pattern.CASE_INSENSITIVE);
  private static final int[] OCTETS = {1, 3, 4, 5};

  private WildcardName() {}

  /** The four bytes of the address; null for any other name. */
  static byte[] address(String name) {
    Matcher form = FORM.matcher(name);
    if (!form.matches()) {
      return null;
    }
    byte[] address = new byte[OCTETS.length];
    for (int i = 0; i < OCTETS.length; i++) {
      int octet = Integer.parseInt(form.group(OCTETS[i]));
      if (octet > 255) {
        return null;
      }
      address[i] = (byte) octet;
    }
    return address;
  }
}
