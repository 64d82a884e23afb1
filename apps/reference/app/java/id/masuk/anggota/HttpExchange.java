package id.masuk.anggota;

import java.io.IOException;
import java.util.function.Supplier;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** One HTTP request and what its answer, or the lack of one, means. */
final class HttpExchange<T> implements Exchange<T> {
    private final Supplier<OkHttpClient> client;
    private final Supplier<Request.Builder> description;
    private final BackendClient.BodyParser<T> parser;
    private final Connectivity connectivity;
    private Call call;
    private boolean cancelled;

    HttpExchange(
            Supplier<OkHttpClient> client,
            Supplier<Request.Builder> description,
            BackendClient.BodyParser<T> parser,
            Connectivity connectivity) {
        this.client = client;
        this.description = description;
        this.parser = parser;
        this.connectivity = connectivity;
    }

    @Override
    public Reply<T> run() {
        Request request = description.get().build();
        String name = request.method() + " " + request.url().encodedPath();
        AppLog.event(name + " sent");
        Reply<T> reply;
        try (Response response = newCall(request).execute()) {
            reply = ReplyReader.read(response, parser);
        } catch (IOException failure) {
            boolean wanted = isCancelled() && !Defect.GIVING_UP_AS_FAILURE.isSeeded();
            reply = Reply.of(wanted ? Reply.Kind.CANCELLED : NetworkFailure.kindOf(failure, connectivity));
            AppLog.trouble(name + " failed", failure);
        }
        AppLog.event(name + " ended: " + reply.kind());
        return reply;
    }

    @Override
    public synchronized void cancel() {
        cancelled = true;
        if (call != null) {
            call.cancel();
        }
    }

    private Call newCall(Request request) {
        OkHttpClient ready = client.get();
        synchronized (this) {
            call = ready.newCall(request);
            if (cancelled) {
                call.cancel();
            }
            return call;
        }
    }

    private synchronized boolean isCancelled() {
        return cancelled;
    }
}
