package id.masuk.anggota;

import org.json.JSONException;
import org.json.JSONObject;

/** A member who is logged in. */
final class Session {
    private final String token;
    private final Member member;

    Session(String token, Member member) {
        this.token = token;
        this.member = member;
    }

    static Session parse(JSONObject body) throws JSONException {
        return new Session(JsonText.required(body, "token"), Member.parse(body.getJSONObject("member")));
    }

    String token() {
        return token;
    }

    Member member() {
        return member;
    }

    Session with(Member newMember) {
        return new Session(token, newMember);
    }
}
