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
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Responds to creates. A create with an idempotency key is executed once, however often the client sends it. */
@ApplicationScoped
public class Idempotency {

    private static final String REPLAYED = "Idempotency-Replayed";

    private final CurrentVertxRequest request;
    private final ObjectMapper json;
    private final AuditLog audit;

    /** The keys of the requests in flight on this replica, each with its tenant. */
    private final Set<List<String>> inFlight = ConcurrentHashMap.newKeySet();

    Idempotency(CurrentVertxRequest request, ObjectMapper json, AuditLog audit) {
        this.request = request;
        this.json = json;
        this.audit = audit;
    }

    /**
     * Returns the idempotency key of the current request, if it has one.
     *
     * @throws InvalidHeader when the key is malformed
     */
    public Optional<IdempotencyKey> key() {
        return IdempotencyKey.of(request.getCurrent().request().headers().getAll(IdempotencyKey.HEADER));
    }

    /**
     * Stores a resource and responds with it. The same request with the same key gets the same response again, byte for
     * byte.
     *
     * @param store stores the resource and, in the same transaction, the response under the key. Its argument is null
     *     when the request has no key. Returns the stored response when the key already has one
     * @throws IdempotencyKeyInUse when another request with the same key is in flight
     */
    public CompletionStage<RestResponse<byte[]>> create(
            Caller caller,
            Operation operation,
            JsonBody body,
            Optional<IdempotencyKey> key,
            Created created,
            Function<KeyedRequest, CompletionStage<Optional<StoredResponse>>> store) {
        RoutingContext context = request.getCurrent();
        byte[] response = render(created);
        CompletionStage<Optional<StoredResponse>> stored = key.isEmpty()
                ? store.apply(null)
                : storeOnce(
                        new KeyedRequest(
                                caller.project(),
                                key.get().text(),
                                Fingerprint.of(operation, body),
                                created.id(),
                                new String(response, StandardCharsets.UTF_8)),
                        store);
        return stored.thenApply(found -> {
            if (found.isPresent()) {
                return replay(context, found.get());
            }
            audit.created(context, created.id().toString());
            return response(created.id(), response).build();
        });
    }

    private CompletionStage<Optional<StoredResponse>> storeOnce(
            KeyedRequest keyed, Function<KeyedRequest, CompletionStage<Optional<StoredResponse>>> store) {
        List<String> key = List.of(keyed.tenantId(), keyed.key());
        if (!inFlight.add(key)) {
            throw new IdempotencyKeyInUse();
        }
        try {
            return store.apply(keyed).whenComplete((stored, failure) -> inFlight.remove(key));
        } catch (RuntimeException e) {
            inFlight.remove(key);
            throw e;
        }
    }

    private RestResponse<byte[]> replay(RoutingContext context, StoredResponse stored) {
        if (stored.body() == null) {
            throw Conflict.idempotencyKeyReused();
        }
        audit.replayed(context, stored.target().toString());
        return response(stored.target(), stored.body().getBytes(StandardCharsets.UTF_8))
                .header(REPLAYED, true)
                .build();
    }

    /** Returns the response with a new resource. */
    private static ResponseBuilder<byte[]> response(UUID id, byte[] body) {
        return ResponseBuilder.ok(body).header(EntityTag.HEADER, EntityTag.of(id, 0));
    }

    private byte[] render(Created created) {
        try {
            return json.writeValueAsBytes(created.body());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
