package id.masuk.anggota;

import android.content.ContentValues;
import android.content.Context;
import android.database.Cursor;
import android.database.SQLException;
import android.database.sqlite.SQLiteDatabase;

/** Keeps the card for offline use, its number masked. A database that cannot be used is deleted. */
final class MemberDatabase {
    private static final String FILE = "member.db";
    private static final String TABLE = "member";
    private static final String[] COLUMNS = {"name", "card_number", "status"};

    private final Context context;

    MemberDatabase(Context context) {
        this.context = context;
    }

    /** The stored card, or null. */
    Member load() {
        if (!context.getDatabasePath(FILE).exists()) {
            return null;
        }
        try (SQLiteDatabase database = open();
                Cursor rows = database.query(TABLE, COLUMNS, null, null, null, null, null)) {
            if (rows.moveToFirst()) {
                return new Member(rows.getString(0), rows.getString(1), rows.getString(2));
            }
            if (Defect.CRASH_ON_CORRUPT_DATABASE.isSeeded()) { // Android puts an empty one in the place of a corrupt one.
                throw new IllegalStateException("no row");
            }
            return null;
        } catch (SQLException unusable) {
            discard(unusable);
            return null;
        }
    }

    /** Returns whether the card was stored. */
    boolean save(Member member) {
        ContentValues values = new ContentValues();
        values.put("name", member.name());
        values.put("card_number", member.maskedCardNumber());
        values.put("status", member.status());
        try (SQLiteDatabase database = open()) {
            database.delete(TABLE, null, null);
            database.insertOrThrow(TABLE, null, values);
            return true;
        } catch (SQLException unusable) {
            if (Defect.CRASH_ON_UNUSABLE_STORAGE.isSeeded()) {
                throw unusable;
            }
            discard(unusable);
            return false;
        }
    }

    void clear() {
        context.deleteDatabase(FILE);
    }

    private void discard(SQLException reason) {
        AppLog.trouble("member database discarded", reason);
        clear();
    }

    private SQLiteDatabase open() {
        SQLiteDatabase database = context.openOrCreateDatabase(FILE, Context.MODE_PRIVATE, null);
        database.execSQL("CREATE TABLE IF NOT EXISTS " + TABLE
                + " (name TEXT NOT NULL, card_number TEXT NOT NULL, status TEXT NOT NULL)");
        return database;
    }
}
