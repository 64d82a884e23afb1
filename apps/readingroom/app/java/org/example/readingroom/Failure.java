package org.example.readingroom;

import android.content.Context;
import android.net.ConnectivityManager;
import android.net.NetworkCapabilities;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Finds out what the reader should hear of a request that got no answer. */
final class Failure {
    private Failure() {}

    static Answer.Kind kindOf(IOException failure, Context context) {
        if (isDistrust(failure)) {
            return Answer.Kind.INSECURE;
        }
        if (has(failure, UnknownHostException.class) || has(failure, NoRouteToHostException.class)
                || text(failure).contains("unreachable") || !leadsAnywhere(context)) {
            return Answer.Kind.NO_CONNECTION;
        }
        if (failure instanceof InterruptedIOException) {
            return Answer.Kind.TOO_SLOW;
        }
        return failure instanceof ConnectException ? Answer.Kind.TROUBLE : Answer.Kind.CONNECTION_LOST;
    }

    /** A connection that ends while it is being secured looks like distrust, and is none. */
    private static boolean isDistrust(IOException failure) {
        if (has(failure, CertificateException.class) || failure instanceof SSLPeerUnverifiedException) {
            return true;
        }
        boolean cut = has(failure, EOFException.class) || has(failure, SocketException.class);
        String text = text(failure);
        return failure instanceof SSLException && !cut && !text.contains("closed") && !text.contains("terminated");
    }

    private static boolean leadsAnywhere(Context context) {
        ConnectivityManager manager = context.getSystemService(ConnectivityManager.class);
        NetworkCapabilities now = manager.getNetworkCapabilities(manager.getActiveNetwork());
        return now != null && now.hasCapability(NetworkCapabilities.NET_CAPABILITY_VALIDATED);
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static String text(Throwable failure) {
        StringBuilder all = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            all.append(cause.getMessage()).append('\n');
        }
        return all.toString().toLowerCase(java.util.Locale.ROOT);
    }
}
