package id.masuk.anggota;

import android.content.ContentValues;
import android.content.Context;
import android.database.Cursor;
import android.database.SQLException;
import android.database.sqlite.SQLiteDatabase;
import android.database.sqlite.SQLiteOpenHelper;

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
        try (Helper helper = new Helper(context);
                Cursor rows = helper.getReadableDatabase().query(TABLE, COLUMNS, null, null, null, null, null)) {
            return rows.moveToFirst() ? new Member(rows.getString(0), rows.getString(1), rows.getString(2)) : null;
        } catch (SQLException unusable) {
            discard(unusable);
            return null;
        }
    }

    void save(Member member) {
        ContentValues values = new ContentValues();
        values.put("name", member.name());
        values.put("card_number", member.maskedCardNumber());
        values.put("status", member.status());
        try (Helper helper = new Helper(context)) {
            SQLiteDatabase database = helper.getWritableDatabase();
            database.delete(TABLE, null, null);
            database.insertOrThrow(TABLE, null, values);
        } catch (SQLException unusable) {
            discard(unusable);
        }
    }

    void clear() {
        context.deleteDatabase(FILE);
    }

    private void discard(SQLException reason) {
        AppLog.trouble("member database discarded", reason);
        clear();
    }

    private static final class Helper extends SQLiteOpenHelper {
        private static final int VERSION = 1;

        Helper(Context context) {
            super(context, FILE, null, VERSION);
        }

        @Override
        public void onCreate(SQLiteDatabase database) {
            database.execSQL("CREATE TABLE " + TABLE + " (name TEXT NOT NULL, card_number TEXT NOT NULL,"
                    + " status TEXT NOT NULL)");
        }

        @Override
        public void onUpgrade(SQLiteDatabase database, int from, int to) {
            throw new IllegalStateException("there is only one version");
        }
    }
}
