package dev.ember.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ember.audit.AuditLog;
import dev.ember.etag.EntityTag;
import dev.ember.fault.Conflict;
import dev.ember.fault.IdempotencyKeyInUse;
import dev.ember.fault.InvalidHeader;
import dev.ember.identity.Caller;
import dev.ember.json.JsonBody;
import dev.ember.policy.Operation;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Does what a client asks for once, however often it asks, when it gives its request a key. */
@ApplicationScoped
public class Idempotency {

    private static final String REPLAYED = "Idempotency-Replayed";

    private final CurrentVertxRequest request;
    private final KeptAnswers answers;
    private final ObjectMapper json;
    private final AuditLog audit;

    Idempotency(CurrentVertxRequest request, KeptAnswers answers, ObjectMapper json, AuditLog audit) {
        this.request = request;
        this.answers = answers;
        this.json = json;
        this.audit = audit;
    }

    /** Whether the present request is to be done once, however often it is sent. */
    public boolean isAskedFor() {
        return request.getCurrent().request().headers().contains(IdempotencyKey.HEADER);
    }

    /**
     * The response to a creation. Without a key the thing is created. With one, the thing and the answer are stored in
     * the present transaction, both or neither, and the same request gets that answer again, byte for byte.
     *
     * @throws InvalidHeader when the key breaks its rule
     * @throws IdempotencyKeyInUse when a request with the same key is still under way
     * @throws Conflict when the key was given to another request
     */
    public RestResponse<byte[]> once(Caller caller, Operation operation, JsonBody body, Supplier<Created> creation) {
        Optional<IdempotencyKey> key =
                IdempotencyKey.of(request.getCurrent().request().headers().getAll(IdempotencyKey.HEADER));
        return key.isEmpty()
                ? answer(creation.get())
                : once(caller.project(), key.get(), Fingerprint.of(operation, body), creation);
    }

    private RestResponse<byte[]> once(
            String tenantId, IdempotencyKey key, byte[] fingerprint, Supplier<Created> creation) {
        if (!answers.reserve(tenantId, key)) {
            throw new IdempotencyKeyInUse();
        }
        Optional<KeptAnswer> kept = answers.find(tenantId, key, fingerprint);
        if (kept.isPresent()) {
            return replay(kept.get(), fingerprint);
        }
        Created created = creation.get();
        byte[] answer = write(created);
        String text = new String(answer, StandardCharsets.UTF_8);
        answers.keep(tenantId, key, new KeptAnswer(fingerprint, created.id(), text));
        return response(created.id(), answer).build();
    }

    private RestResponse<byte[]> replay(KeptAnswer kept, byte[] fingerprint) {
        if (!MessageDigest.isEqual(kept.fingerprint(), fingerprint)) {
            throw Conflict.idempotencyKeyReused();
        }
        audit.replayed(kept.target().toString());
        byte[] answer = kept.answer().getBytes(StandardCharsets.UTF_8);
        return response(kept.target(), answer).header(REPLAYED, true).build();
    }

    /** The response to a creation that is not kept. */
    public RestResponse<byte[]> answer(Created created) {
        return response(created.id(), write(created)).build();
    }

    /** A response that shows a thing as it was created. */
    private static ResponseBuilder<byte[]> response(UUID id, byte[] answer) {
        return ResponseBuilder.ok(answer).header(EntityTag.HEADER, EntityTag.of(id, 0));
    }

    private byte[] write(Created created) {
        try {
            return json.writeValueAsBytes(created.answer());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
