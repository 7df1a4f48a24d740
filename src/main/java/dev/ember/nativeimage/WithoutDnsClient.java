package dev.ember.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.vertx.core.dns.DnsClient;
import io.vertx.core.dns.DnsClientOptions;

/** Vert.x' own DNS client: names are resolved by the operating system. */
@TargetClass(className = "io.vertx.core.impl.VertxImpl")
final class WithoutDnsClient {

    @Substitute
    public DnsClient createDnsClient(DnsClientOptions options) {
        throw new UnsupportedOperationException("Names are resolved by the operating system");
    }
}
