package id.masuk.anggota;

import org.json.JSONException;
import org.json.JSONObject;

/** What the member's card shows. */
final class Member {
    private static final int SHOWN_DIGITS = 4;

    private final String name;
    private final String cardNumber;
    private final String status;

    Member(String name, String cardNumber, String status) {
        this.name = name;
        this.cardNumber = cardNumber;
        this.status = status;
    }

    static Member parse(JSONObject body) throws JSONException {
        if (Defect.CARD_FROM_ANY_SUCCESS.isSeeded()) {
            return new Member(body.optString("name"), body.optString("card_number"), body.optString("status"));
        }
        return new Member(
                JsonText.required(body, "name"),
                JsonText.required(body, "card_number"),
                JsonText.required(body, "status"));
    }

    String name() {
        return name;
    }

    String status() {
        return status;
    }

    /** The card number with all but its last four digits hidden. */
    String maskedCardNumber() {
        StringBuilder masked = new StringBuilder(cardNumber);
        for (int i = 0; i < masked.length() - SHOWN_DIGITS; i++) {
            masked.setCharAt(i, '•');
        }
        return masked.toString();
    }

    /** The whole number; only for storing it. */
    String cardNumber() {
        return cardNumber;
    }
}
