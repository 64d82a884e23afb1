package handset.runtime.app;

import handset.runtime.host.GuestNetwork;
import org.json.JSONException;
import org.json.JSONObject;

/**
 * The default network as the device offers it to this app.
 *
 * @param online whether there is one
 * @param transport {@code wifi} or {@code cellular}
 * @param validated whether the system has seen that it leads to the internet
 * @param names whether names resolve
 * @param proxy {@code HOST:PORT} of the HTTP proxy that apps are asked to use, or empty
 */
record NetworkState(boolean online, String transport, boolean validated, boolean names, String proxy) {
  static NetworkState from(JSONObject request) throws JSONException {
    JSONObject state = request.getJSONObject("network");
    return new NetworkState(
        state.getBoolean("online"),
        state.getString("transport"),
        state.getBoolean("validated"),
        state.getBoolean("names"),
        state.getString("proxy"));
  }

  /** The same as a record's own, which is put together when it is first called: eight classes, in every process. */
  @Override
  public boolean equals(Object other) {
    return other instanceof NetworkState state
        && online == state.online
        && validated == state.validated
        && names == state.names
        && transport.equals(state.transport)
        && proxy.equals(state.proxy);
  }

  @Override
  public int hashCode() {
    return transport.hashCode() ^ proxy.hashCode();
  }

  /** Makes the process's sockets follow; returns how many living connections were cut. */
  int apply() {
    setProxy();
    GuestNetwork.setResolving(names);
    return GuestNetwork.setNetwork(online, transport);
  }

  /** As Android does it in every process: HTTP clients look at these properties for each request. */
  private void setProxy() {
    int colon = proxy.lastIndexOf(':');
    for (String scheme : new String[] {"http", "https"}) {
      if (colon < 0) {
        System.clearProperty(scheme + ".proxyHost");
        System.clearProperty(scheme + ".proxyPort");
      } else {
        System.setProperty(scheme + ".proxyHost", proxy.substring(0, colon));
        System.setProperty(scheme + ".proxyPort", proxy.substring(colon + 1));
      }
    }
  }
}
