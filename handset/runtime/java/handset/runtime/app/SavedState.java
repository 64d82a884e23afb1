package handset.runtime.app;

import android.content.Intent;
import android.os.Bundle;
import android.os.Parcel;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

/** What an activity leaves with the system when it is stopped, so that it can come back in another process. */
record SavedState(String activity, Intent intent, Bundle bundle) {

  /** Bytes of a parcel, as between Android's processes: what can't be parceled fails here as it does there. */
  JSONObject toJson() throws JSONException {
    Parcel parcel = Parcel.obtain();
    try {
      intent.writeToParcel(parcel, 0);
      parcel.writeBundle(bundle);
      return new JSONObject()
          .put("activity", activity)
          .put("parcel", Base64.getEncoder().encodeToString(parcel.marshall()));
    } finally {
      parcel.recycle();
    }
  }

  /** The states of a task, bottom to top; empty when {@code array} is null. */
  static List<SavedState> from(JSONArray array, ClassLoader classes) throws JSONException {
    List<SavedState> states = new ArrayList<>();
    for (int i = 0; array != null && i < array.length(); i++) {
      JSONObject json = array.getJSONObject(i);
      byte[] bytes = Base64.getDecoder().decode(json.getString("parcel"));
      Parcel parcel = Parcel.obtain();
      try {
        parcel.unmarshall(bytes, 0, bytes.length);
        parcel.setDataPosition(0);
        Intent intent = Intent.CREATOR.createFromParcel(parcel);
        intent.setExtrasClassLoader(classes);
        states.add(new SavedState(json.getString("activity"), intent, parcel.readBundle(classes)));
      } finally {
        parcel.recycle();
      }
    }
    return states;
  }
}
