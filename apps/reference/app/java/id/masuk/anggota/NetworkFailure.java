package id.masuk.anggota;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Tells from a request's failure what the user should hear. */
final class NetworkFailure {
    private NetworkFailure() {}

    static Reply.Kind kindOf(IOException failure, Connectivity connectivity) {
        if (isOutOfDate(failure)) {
            return Reply.Kind.OUT_OF_DATE;
        }
        if (isInsecure(failure)) {
            return Reply.Kind.INSECURE;
        }
        if (isUnreachable(failure) || connectivity.isKnownToBeDown()) {
            return Reply.Kind.OFFLINE;
        }
        if (failure instanceof SocketTimeoutException || failure instanceof InterruptedIOException) {
            return Reply.Kind.TOO_SLOW;
        }
        if (failure instanceof ConnectException) {
            return Reply.Kind.SERVICE; // The network works and nobody answers there.
        }
        return Reply.Kind.CONNECTION_LOST;
    }

    /** Whether the service's certificate is not valid at the phone's date: one of the two is wrong. */
    private static boolean isOutOfDate(IOException failure) {
        return hasCause(failure, CertificateExpiredException.class)
                || hasCause(failure, CertificateNotYetValidException.class);
    }

    private static boolean isInsecure(IOException failure) {
        if (hasCause(failure, CertificateException.class) || hasCause(failure, CertPathValidatorException.class)) {
            return true;
        }
        if (failure instanceof SSLPeerUnverifiedException) {
            return true;
        }
        // A connection that ends during the handshake is reported as a TLS failure too.
        boolean cut = hasCause(failure, EOFException.class) || hasCause(failure, SocketException.class);
        return failure instanceof SSLException && !cut && !says(failure, "closed", "reset", "abort", "terminated");
    }

    private static boolean isUnreachable(IOException failure) {
        return hasCause(failure, UnknownHostException.class)
                || hasCause(failure, NoRouteToHostException.class)
                || says(failure, "unreachable", "enetunreach", "ehostunreach", "enetdown");
    }

    private static boolean hasCause(Throwable failure, Class<? extends Throwable> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static boolean says(Throwable failure, String... words) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage() == null ? "" : cause.getMessage().toLowerCase(Locale.ROOT);
            for (String word : words) {
                if (message.contains(word)) {
                    return true;
                }
            }
        }
        return false;
    }
}
