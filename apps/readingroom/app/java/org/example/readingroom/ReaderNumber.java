package org.example.readingroom;

/** A number that a reader types: which kinds can sign in. */
final class ReaderNumber {
    private static final String FEES = "88888\\d{11}";
    private static final String ACCEPTED = "\\d{16}|\\d{13}";

    private ReaderNumber() {}

    /** What is wrong with a number, as the resource of a text; 0 when nothing is. */
    static int problemOf(String number) {
        if (number.matches(FEES)) {
            return R.string.fees_number;
        }
        return number.matches(ACCEPTED) ? 0 : R.string.unaccepted_number;
    }
}
