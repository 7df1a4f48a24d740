package dev.ember.database;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * Counts failures of the database, and shows the connections of the pool and whether the service supports the schema.
 * The bean is created at startup, so that its metrics exist before the first request.
 */
@Startup
@ApplicationScoped
class DatabaseMetrics {

    private final Map<DatabaseFailure, Counter> failures = new EnumMap<>(DatabaseFailure.class);

    /**
     * Enables the metrics of the pool here, because Quarkus would create the pool before the settings are validated.
     */
    DatabaseMetrics(AgroalDataSource pool, Schema schema, MeterRegistry meters) {
        pool.getConfiguration().setMetricsEnabled(true);
        Gauge.builder("ember.database.connections", () -> pool.getMetrics().activeCount())
                .tag("state", "active")
                .description("Database connections of the pool")
                .register(meters);
        Gauge.builder("ember.database.connections", () -> pool.getMetrics().availableCount())
                .tag("state", "idle")
                .description("Database connections of the pool")
                .register(meters);
        Gauge.builder("ember.database.connection.waiters", () -> pool.getMetrics()
                        .awaitingCount())
                .description("Threads that wait for a database connection")
                .register(meters);
        Gauge.builder("ember.schema.supported", () -> schema.isKnownToBeUsable() ? 1 : 0)
                .description("Whether the service supports the version of the database schema, 1 or 0")
                .register(meters);
        for (DatabaseFailure failure : DatabaseFailure.values()) {
            if (failure != DatabaseFailure.NONE) {
                failures.put(
                        failure,
                        Counter.builder("ember.database.failures")
                                .tag("state", failure.name().toLowerCase(Locale.ROOT))
                                .description("Requests and tasks that failed because of the database, by its state")
                                .register(meters));
            }
        }
    }

    void onFailure(@Observes DatabaseFailure failure) {
        if (failure != DatabaseFailure.NONE) {
            failures.get(failure).increment();
        }
    }
}
