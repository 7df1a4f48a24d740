package dev.ember.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.hibernate.orm.runtime.service.internalcache.QuarkusInternalCacheFactoryInitiator;
import java.util.Map;
import org.hibernate.internal.util.cache.InternalCacheFactory;
import org.hibernate.internal.util.cache.InternalCacheFactoryInitiator;
import org.hibernate.service.spi.ServiceRegistryImplementor;

/** Removes Caffeine. It would cache only the plans of a dozen queries, and Hibernate's built-in cache does the same. */
@TargetClass(QuarkusInternalCacheFactoryInitiator.class)
final class WithoutCaffeine {

    @Substitute
    public InternalCacheFactory initiateService(Map<String, Object> settings, ServiceRegistryImplementor registry) {
        return InternalCacheFactoryInitiator.INSTANCE.initiateService(settings, registry);
    }
}
