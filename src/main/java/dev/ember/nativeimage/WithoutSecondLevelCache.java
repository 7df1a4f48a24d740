package dev.ember.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.hibernate.orm.runtime.service.QuarkusRegionFactoryInitiator;
import java.util.Map;
import org.hibernate.cache.internal.NoCachingRegionFactory;
import org.hibernate.cache.spi.RegionFactory;
import org.hibernate.service.spi.ServiceRegistryImplementor;

/**
 * Removes Hibernate's second-level cache. {@code quarkus.hibernate-orm.second-level-caching-enabled=false} disables it.
 */
@TargetClass(QuarkusRegionFactoryInitiator.class)
final class WithoutSecondLevelCache {

    @Substitute
    @SuppressWarnings("rawtypes")
    public RegionFactory initiateService(Map configurationValues, ServiceRegistryImplementor registry) {
        return NoCachingRegionFactory.INSTANCE;
    }
}
