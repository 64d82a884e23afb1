package id.masuk.anggota;

/** A number that a member can log in with: the NIK of 16 digits or the card number of 13. */
final class Identifier {
    private static final int NIK_LENGTH = 16;
    private static final int CARD_NUMBER_LENGTH = 13;
    /** Payments go to a virtual account, which is as long as a NIK and begins like none. */
    private static final String VIRTUAL_ACCOUNT_PREFIX = "88888";

    private final String digits;

    private Identifier(String digits) {
        this.digits = digits;
    }

    /** The identifier in a typed text, with spaces around it forgiven; null if the text is none. */
    static Identifier parse(CharSequence typed) {
        String text = Defect.SPACES_NOT_FORGIVEN.isSeeded() ? typed.toString() : typed.toString().trim();
        if (Defect.ANY_NUMBER_SENT.isSeeded() && !text.isEmpty()) {
            return new Identifier(text);
        }
        boolean card = text.length() == CARD_NUMBER_LENGTH && !Defect.CARD_NUMBER_REFUSED.isSeeded();
        boolean accepted = text.length() == NIK_LENGTH || card;
        boolean payment = isVirtualAccount(text) && !Defect.VIRTUAL_ACCOUNT_SENT.isSeeded();
        return accepted && isDigits(text) && !payment ? new Identifier(text) : null;
    }

    /** What a build sends that looks at nothing: a defect. */
    static Identifier unchecked(CharSequence typed) {
        return new Identifier(typed.toString());
    }

    /** The resource of the message that tells what is wrong with a text that is no identifier. */
    static int problemOf(CharSequence typed) {
        String text = typed.toString().trim();
        if (text.isEmpty()) {
            return R.string.identifier_missing;
        }
        return isDigits(text) && isVirtualAccount(text)
                ? R.string.identifier_virtual_account
                : R.string.identifier_unaccepted;
    }

    String digits() {
        return digits;
    }

    private static boolean isVirtualAccount(String text) {
        return text.startsWith(VIRTUAL_ACCOUNT_PREFIX);
    }

    private static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
