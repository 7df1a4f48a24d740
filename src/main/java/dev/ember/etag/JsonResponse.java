package dev.ember.etag;

import dev.ember.fault.Unavailable;
import dev.ember.limits.RequestMemory;
import dev.ember.tenant.JsonLookup;
import dev.ember.tenant.JsonLookup.Found;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestResponse;

/** Responds with a resource as PostgreSQL renders it, within the memory budget, or with 304. */
public final class JsonResponse {

    private JsonResponse() {}

    /**
     * The response with a resource.
     *
     * @param client what the client has
     * @param memory acquires what a large resource takes
     * @param absent responds when the resource is not found
     */
    public static CompletionStage<RestResponse<byte[]>> find(
            JsonLookup lookup,
            JsonLookup.Key key,
            IfNoneMatch client,
            RequestMemory memory,
            Supplier<RestResponse<byte[]>> absent) {
        return lookup.find(key).thenCompose(found -> {
            if (found.isEmpty()) {
                return CompletableFuture.completedStage(absent.get());
            }
            EntityTag tag = new EntityTag(found.get().tag());
            if (client.has(tag)) {
                return CompletableFuture.completedStage(tag.notModified());
            }
            if (found.get().json() != null) {
                return CompletableFuture.completedStage(ok(found.get()));
            }
            long size = found.get().size();
            memory.acquire(size);
            return lookup.find(key, size)
                    .thenApply(whole -> whole.map(JsonResponse::ok).orElseGet(absent));
        });
    }

    /** A resource that has become larger since its size was asked for has no JSON here. */
    private static RestResponse<byte[]> ok(Found found) {
        byte[] json = Optional.ofNullable(found.json()).orElseThrow(Unavailable::memory);
        return new EntityTag(found.tag()).ok(json);
    }
}
