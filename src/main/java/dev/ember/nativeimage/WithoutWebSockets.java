package dev.ember.nativeimage;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.RecomputeFieldValue;
import com.oracle.svm.core.annotate.TargetClass;

/**
 * Removes WebSockets. Nothing uses them, so Quarkus disables them at startup. This class disables them when the binary
 * is built.
 */
@TargetClass(className = "io.vertx.core.http.impl.HttpServerImpl")
final class WithoutWebSockets {

    @Alias
    @RecomputeFieldValue(kind = RecomputeFieldValue.Kind.FromAlias, isFinal = true)
    static boolean DISABLE_WEBSOCKETS = true;

    private WithoutWebSockets() {}
}
