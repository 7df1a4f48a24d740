package dev.ember.nativeimage;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/**
 * The handle through which the state of a request scope is changed three times for each request. A call through a
 * handle for a byte is not compiled into a native image but interpreted there, argument by argument.
 */
@TargetClass(className = "io.quarkus.arc.impl.CurrentManagedContext$CurrentContextState")
final class WithoutByteVarHandle {

    @Alias
    private volatile byte state;

    @Substitute
    private synchronized boolean set(byte mask) {
        if ((state & mask) != 0) {
            return false;
        }
        state |= mask;
        return true;
    }
}
