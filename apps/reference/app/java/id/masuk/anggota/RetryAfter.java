package id.masuk.anggota;

import java.util.Date;
import okhttp3.Response;

/** Reads the Retry-After header, which holds seconds or a date. */
final class RetryAfter {
    private static final int LONGEST_SECONDS = 24 * 60 * 60;

    private RetryAfter() {}

    /** Seconds to wait from now; 0 when the header is missing, past or not understood. */
    static int secondsIn(Response response) {
        String header = response.header("Retry-After");
        if (header == null) {
            return 0;
        }
        Date date = response.headers().getDate("Retry-After");
        if (date != null && Defect.WAIT_DATE_IGNORED.isSeeded()) {
            return 0;
        }
        if (date != null) {
            // The server's clock, if it tells it: the device's may be wrong.
            Date now = response.headers().getDate("Date");
            boolean told = now != null && !Defect.WAIT_DATE_BY_CLOCK.isSeeded();
            long from = told ? now.getTime() : System.currentTimeMillis();
            return clamp((date.getTime() - from + 999) / 1000);
        }
        try {
            return clamp(Long.parseLong(header.trim()));
        } catch (NumberFormatException notANumber) {
            AppLog.trouble("Retry-After not understood", notANumber);
            return 0;
        }
    }

    private static int clamp(long seconds) {
        return (int) Math.max(0, Math.min(seconds, LONGEST_SECONDS));
    }
}
