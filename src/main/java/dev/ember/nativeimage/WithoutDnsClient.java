package dev.ember.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.vertx.core.dns.DnsClient;
import io.vertx.core.dns.DnsClientOptions;

/** Removes the DNS client of Vert.x. The operating system resolves names. */
@TargetClass(className = "io.vertx.core.impl.VertxImpl")
final class WithoutDnsClient {

    @Substitute
    public DnsClient createDnsClient(DnsClientOptions options) {
        throw new UnsupportedOperationException("The operating system resolves names");
    }
}
