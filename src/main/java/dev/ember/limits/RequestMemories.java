package dev.ember.limits;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Gives access to the memory of each request. */
@ApplicationScoped
public class RequestMemories {

    private static final String KEY = RequestMemory.class.getName();

    private final CurrentVertxRequest request;
    private final MemoryBudget budget;

    RequestMemories(CurrentVertxRequest request, MemoryBudget budget) {
        this.request = request;
        this.budget = budget;
    }

    /** The memory of the current request. Call it on the thread of that request. */
    public RequestMemory ofCurrentRequest() {
        return of(request.getCurrent());
    }

    /** The memory of a request, initially none. Call it on the event loop of the request. */
    public RequestMemory of(RoutingContext context) {
        RequestMemory memory = context.get(KEY);
        if (memory == null) {
            memory = new RequestMemory(budget);
            context.put(KEY, memory);
        }
        return memory;
    }
}
