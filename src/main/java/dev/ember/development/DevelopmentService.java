package dev.ember.development;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.eclipse.microprofile.config.ConfigProvider;

/** Starts the service in dev mode with its own database. It is not packaged. */
public final class DevelopmentService {

    private DevelopmentService() {}

    public static void main(String... args) throws IOException {
        try (EmbeddedPostgres database = DevelopmentDatabase.start()) {
            System.setProperty("quarkus.datasource.jdbc.url", database.getJdbcUrl("postgres", "postgres"));
            Quarkus.run(Announcement.class, args);
        }
    }

    /** Prints the addresses of the service and the database after the start. */
    public static final class Announcement implements QuarkusApplication {

        @Override
        public int run(String... args) {
            String root = "http://localhost:" + ConfigProvider.getConfig().getValue("quarkus.http.port", String.class);
            System.out.printf(
                    "%nEmber      %s/v1/{tenant_id}/software_deployments%nBoard      %s/board/%nSwagger UI %s/q/swagger-ui%n"
                            + "PostgreSQL %s%n%n",
                    root, root, root, System.getProperty("quarkus.datasource.jdbc.url"));
            Quarkus.waitForExit();
            return 0;
        }
    }
}
