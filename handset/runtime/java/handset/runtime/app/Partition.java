package handset.runtime.app;

import handset.runtime.host.DataPartition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;
import org.robolectric.nativeruntime.DefaultNativeRuntimeLoader;

/** What the device says of its partition of data when space is short: its folders on the host, and its size in bytes. */
record Partition(List<Path> folders, long size) {
  static Partition from(JSONObject request) throws JSONException {
    JSONObject told = request.getJSONObject("partition");
    JSONArray paths = told.getJSONArray("folders");
    List<Path> folders = new ArrayList<>();
    for (int i = 0; i < paths.length(); i++) {
      folders.add(Path.of(paths.getString(i)));
    }
    return new Partition(folders, told.getLong("size"));
  }

  void watch() throws IOException {
    DefaultNativeRuntimeLoader.injectAndLoad(); // SQLite writes by itself
    DataPartition.watch(folders, size);
  }
}
