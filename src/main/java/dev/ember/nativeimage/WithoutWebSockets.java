package dev.ember.nativeimage;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.RecomputeFieldValue;
import com.oracle.svm.core.annotate.TargetClass;

/** WebSockets. Quarkus turns them off at start, as nothing uses them; this says so when the binary is built. */
@TargetClass(className = "io.vertx.core.http.impl.HttpServerImpl")
final class WithoutWebSockets {

    @Alias
    @RecomputeFieldValue(kind = RecomputeFieldValue.Kind.FromAlias, isFinal = true)
    static boolean DISABLE_WEBSOCKETS = true;

    private WithoutWebSockets() {}
}
