package handset.runtime.app;

import android.app.Application;
import android.content.Context;
import android.net.ConnectivityManager;
import android.net.Network;
import android.net.NetworkCapabilities;
import android.net.NetworkInfo;
import java.util.List;
import org.robolectric.shadow.api.Shadow;
import org.robolectric.shadows.ShadowConnectivityManager;
import org.robolectric.shadows.ShadowNetwork;
import org.robolectric.shadows.ShadowNetworkCapabilities;
import org.robolectric.shadows.ShadowNetworkInfo;

/** What the app's ConnectivityManager says of the device's default network. */
final class Connectivity {
  private static final Network NETWORK = ShadowNetwork.newInstance(100);
  private final ConnectivityManager manager;
  private final ShadowConnectivityManager shadow;
  private NetworkState last;

  Connectivity(Application application) {
    manager = (ConnectivityManager) application.getSystemService(Context.CONNECTIVITY_SERVICE);
    shadow = Shadow.extract(manager);
  }

  /** Sets the state and tells the registered callbacks, unless nothing has changed. */
  void set(NetworkState state) {
    boolean was = manager.getActiveNetwork() != null;
    NetworkState before = last;
    last = state;
    shadow.clearAllNetworks();
    if (!state.online()) {
      shadow.setActiveNetworkInfo(null);
      shadow.setDefaultNetworkActive(false);
      if (was) {
        callbacks().forEach(callback -> callback.onLost(NETWORK));
      }
      return;
    }
    boolean cellular = "cellular".equals(state.transport());
    int type = cellular ? ConnectivityManager.TYPE_MOBILE : ConnectivityManager.TYPE_WIFI;
    NetworkInfo info =
        ShadowNetworkInfo.newInstance(
            NetworkInfo.DetailedState.CONNECTED, type, 0, true, NetworkInfo.State.CONNECTED);
    NetworkCapabilities capabilities = capabilities(cellular, state.validated());
    shadow.addNetwork(NETWORK, info);
    shadow.setNetworkCapabilities(NETWORK, capabilities);
    shadow.setActiveNetworkInfo(info);
    shadow.setDefaultNetworkActive(true);
    // The shadow answers with a network of its own, one for each type.
    shadow.setNetworkCapabilities(manager.getActiveNetwork(), capabilities);
    if (!was) {
      callbacks().forEach(callback -> callback.onAvailable(NETWORK));
    }
    if (!was || !state.equals(before)) {
      callbacks().forEach(callback -> callback.onCapabilitiesChanged(NETWORK, capabilities));
    }
  }

  private List<ConnectivityManager.NetworkCallback> callbacks() {
    return List.copyOf(shadow.getNetworkCallbacks());
  }

  private static NetworkCapabilities capabilities(boolean cellular, boolean validated) {
    NetworkCapabilities capabilities = ShadowNetworkCapabilities.newInstance();
    ShadowNetworkCapabilities shadow = Shadow.extract(capabilities);
    shadow.addTransportType(
        cellular ? NetworkCapabilities.TRANSPORT_CELLULAR : NetworkCapabilities.TRANSPORT_WIFI);
    shadow.addCapability(NetworkCapabilities.NET_CAPABILITY_INTERNET);
    if (validated) {
      shadow.addCapability(NetworkCapabilities.NET_CAPABILITY_VALIDATED);
    }
    shadow.addCapability(NetworkCapabilities.NET_CAPABILITY_NOT_RESTRICTED);
    return capabilities;
  }
}
