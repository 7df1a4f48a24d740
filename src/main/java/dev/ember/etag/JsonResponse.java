package dev.ember.etag;

import dev.ember.fault.Unavailable;
import dev.ember.limits.RequestMemory;
import dev.ember.tenant.JsonLookup;
import dev.ember.tenant.JsonLookup.Found;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestResponse;

/** Responds with a resource as PostgreSQL renders it, within the memory budget, or with 304. */
public final class JsonResponse {

    private JsonResponse() {}

    /**
     * Finds a resource and returns the response with it.
     *
     * @param client the {@code If-None-Match} header of the request
     * @param memory the memory that the request acquires for a large resource
     * @param absent creates the response when the resource is not found
     * @return fails with {@link Unavailable} when the memory budget is used up, or when a large resource grows while it
     *     is read
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
            if (client.matches(tag)) {
                return CompletableFuture.completedStage(tag.notModified());
            }
            return lookup.complete(key, found.get(), memory, 1)
                    .thenApply(whole -> whole.map(JsonResponse::ok).orElseGet(absent));
        });
    }

    private static RestResponse<byte[]> ok(Found found) {
        return new EntityTag(found.tag()).ok(found.json());
    }
}
