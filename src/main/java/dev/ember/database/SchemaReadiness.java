package dev.ember.database;

import java.sql.SQLException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Reports the service as not ready while it does not support the version of the database schema. */
@Readiness
final class SchemaReadiness implements HealthCheck {

    private final Schema schema;

    SchemaReadiness(Schema schema) {
        this.schema = schema;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("Database schema").withData("needed version", Schema.VERSION);
        try {
            if (schema.refresh()) {
                return response.up().build();
            }
            return response.withData("installed version", schema.installedVersion())
                    .down()
                    .build();
        } catch (SQLException e) {
            return response.withData("installed version", "unknown, the database cannot be reached")
                    .down()
                    .build();
        }
    }
}
