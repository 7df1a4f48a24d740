package dev.ember.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.handlers.ClassRoutingHandler;
import org.jboss.resteasy.reactive.server.handlers.RestInitialHandler.InitialMatch;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper.RequestPath;

/**
 * Finds the methods that the path of the current request supports. Quarkus knows them when it responds with 405, but
 * omits the Allow header that RFC 9110, section 15.5.6 requires.
 */
public final class AllowedMethods {

    private AllowedMethods() {}

    /** The names of the methods in alphabetical order. Empty if no operation has the path. */
    public static Set<String> ofCurrentRequest() {
        ResteasyReactiveRequestContext request = CurrentRequestManager.get();
        Set<String> methods = new TreeSet<>();
        for (RequestPath<InitialMatch> resource : request.getDeployment().getClassMappers()) {
            RequestMapper.RequestMatch<InitialMatch> match =
                    new RequestMapper<>(new ArrayList<>(List.of(resource))).map(request.getPathWithoutPrefix());
            if (match != null && match.value.handlers[0] instanceof ClassRoutingHandler routing) {
                String path = match.remaining.isEmpty() ? "/" : match.remaining;
                routing.getMappers().forEach((method, mapper) -> {
                    if (mapper.map(path) != null) {
                        methods.add(method);
                    }
                });
            }
        }
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        if (!methods.isEmpty()) {
            methods.add("OPTIONS");
        }
        return methods;
    }
}
