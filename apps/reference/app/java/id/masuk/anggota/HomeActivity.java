package id.masuk.anggota;

import android.content.Intent;
import android.os.Bundle;
import android.view.View;
import android.widget.TextView;

/** The member's card. */
public final class HomeActivity extends GatedActivity {
    /** Name of the {@link Reply.Kind} for which the card could not be refreshed; absent when it is fresh. */
    static final String EXTRA_TROUBLE = "trouble";

    private static final String STATE_NOTE = "note";

    private final Slot.Receiver<Member> profile = this::onProfileReply;

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.home);
        onTap(R.id.refresh, () -> {
            if (!Defect.CARD_REFRESH_DEAD.isSeeded()) {
                refresh();
            }
        });
        onTap(R.id.logout, this::logout);
        if (state == null) {
            showNote(getIntent().getStringExtra(EXTRA_TROUBLE));
            if (Defect.CARD_ASKED_AGAIN_AND_AGAIN.isSeeded()) {
                refresh();
            }
        } else {
            if (Defect.CRASH_ON_CARD_MADE_ANEW.isSeeded()) {
                throw new IllegalStateException("no card");
            }
            boolean lost = Defect.TURNING_LOSES_NOTE.isSeeded();
            show(findViewById(R.id.note), lost ? null : state.getCharSequence(STATE_NOTE));
        }
    }

    @Override
    protected void onStart() {
        super.onStart();
        if (isFinishing()) {
            return;
        }
        if (app().session().get() == null) {
            openLogin(null);
            return;
        }
        showMember(app().session().get().member());
        showBusy();
        app().profile().attach(profile);
    }

    @Override
    protected void onStop() {
        app().profile().detach(profile);
        super.onStop();
    }

    @Override
    protected void onSaveInstanceState(Bundle state) {
        super.onSaveInstanceState(state);
        state.putCharSequence(STATE_NOTE, ((TextView) findViewById(R.id.note)).getText());
    }

    private void refresh() {
        Session session = app().session().get();
        if (session != null) {
            app().profile().start(app().backend().profile(session.token()));
            showBusy();
        }
    }

    private void onProfileReply(Reply<Member> reply) {
        showBusy();
        Session session = app().session().get();
        if (session == null) {
            return;
        }
        switch (reply.kind()) {
            case OK:
                if (!Defect.REFRESHED_CARD_NOT_KEPT.isSeeded()) {
                    app().session().set(session.with(reply.value()));
                }
                if (!Defect.CARD_ANSWER_NOT_SHOWN.isSeeded()) {
                    showMember(reply.value());
                }
                if (!Defect.CARD_TROUBLE_STAYS.isSeeded()) {
                    showNote(null);
                }
                break;
            case SESSION_ENDED:
            case SESSION_ELSEWHERE:
                if (!Defect.SESSION_END_ON_CARD_KEPT.isSeeded()) {
                    app().session().clear();
                }
                openLogin(Defect.SESSION_END_ON_CARD_UNTOLD.isSeeded() ? null : reply.kind());
                break;
            case UPDATE_REQUIRED:
                if (Defect.CARD_IGNORES_UPDATE.isSeeded()) {
                    showNote(reply.kind().name());
                    return;
                }
                app().versionGate().close();
                requireUpdate(false);
                break;
            default:
                if (!Defect.CARD_TROUBLE_UNTOLD.isSeeded()) {
                    showNote(reply.kind().name());
                }
                if (Defect.CARD_ASKED_AGAIN_AND_AGAIN.isSeeded()) {
                    refresh();
                }
                break;
        }
    }

    /** The member's data goes first: it must not depend on the network. */
    private void logout() {
        Session session = app().session().get();
        if (!Defect.OFFLINE_LOGOUT_KEEPS_DATA.isSeeded()) {
            app().session().clear();
        }
        if (session != null && !Defect.LOGOUT_NOT_SENT.isSeeded()) {
            app().logout().start(app().backend().logout(session.token()));
        }
        openLogin(null);
    }

    private void openLogin(Reply.Kind notice) {
        Intent intent = new Intent(this, LoginActivity.class);
        if (notice != null) {
            intent.putExtra(LoginActivity.EXTRA_NOTICE, notice.name());
        }
        replaceWith(intent);
    }

    private void showMember(Member member) {
        ((TextView) findViewById(R.id.member_name)).setText(member.name());
        ((TextView) findViewById(R.id.card_number)).setText(member.maskedCardNumber());
        ((TextView) findViewById(R.id.member_status)).setText(member.status());
    }

    private void showNote(String trouble) {
        TextView note = findViewById(R.id.note);
        if (trouble == null) {
            boolean told = !app().session().isKept() && !Defect.LOST_SESSION_NOT_TOLD.isSeeded();
            show(note, told ? Storage.trouble(this) : null);
            return;
        }
        boolean offline = Reply.Kind.OFFLINE.name().equals(trouble);
        show(note, getString(offline ? R.string.note_offline : R.string.note_stale));
    }

    private void showBusy() {
        boolean busy = app().profile().isBusy();
        findViewById(R.id.progress).setVisibility(busy && !Defect.CARD_LOADS_UNSEEN.isSeeded() ? View.VISIBLE : View.GONE);
        findViewById(R.id.refresh).setEnabled(!busy);
    }
}
