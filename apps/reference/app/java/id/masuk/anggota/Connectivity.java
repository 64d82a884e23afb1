package id.masuk.anggota;

import android.content.Context;
import android.net.ConnectivityManager;
import android.net.Network;
import android.net.NetworkCapabilities;

/** What the system believes about the network. It helps to name a failure that happened; it never forbids a request. */
final class Connectivity {
    private final ConnectivityManager manager;

    Connectivity(Context context) {
        manager = (ConnectivityManager) context.getSystemService(Context.CONNECTIVITY_SERVICE);
    }

    /** True when there is no network, or one that was found not to lead to the internet. */
    boolean isKnownToBeDown() {
        Network network = manager.getActiveNetwork();
        NetworkCapabilities capabilities = network == null ? null : manager.getNetworkCapabilities(network);
        if (capabilities == null) {
            return true;
        }
        boolean promised = capabilities.hasCapability(NetworkCapabilities.NET_CAPABILITY_INTERNET);
        boolean proven = capabilities.hasCapability(NetworkCapabilities.NET_CAPABILITY_VALIDATED);
        return promised && !proven && !Defect.UNVALIDATED_NETWORK_TRUSTED.isSeeded();
    }
}
