package dev.ember.database;

import java.sql.SQLException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Reports a service as not ready while it does not work with the schema of the database. */
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
            if (schema.check()) {
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
