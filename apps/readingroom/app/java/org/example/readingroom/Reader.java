package org.example.readingroom;

import org.json.JSONException;
import org.json.JSONObject;

/** What stands on a library card. */
final class Reader {
    private static final int SHOWN_DIGITS = 4;

    final String name;
    final String cardEnding;
    final String status;

    private Reader(String name, String cardEnding, String status) {
        this.name = name;
        this.cardEnding = cardEnding;
        this.status = status;
    }

    /** Throws unless name, card and status are there, as texts. */
    static Reader of(JSONObject body) throws JSONException {
        return new Reader(text(body, "name"), ending(text(body, "card_number")), text(body, "status"));
    }

    /** The text of that name; throws if it is missing, empty or no text. */
    static String text(JSONObject body, String name) throws JSONException {
        Object value = body.get(name);
        if (!(value instanceof String) || ((String) value).isEmpty()) {
            throw new JSONException(name + " is no text");
        }
        return (String) value;
    }

    /** The digits of a number that may be shown. */
    static String ending(String number) {
        return number.substring(Math.max(0, number.length() - SHOWN_DIGITS));
    }
}
