package dev.ember.deploy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads from the sources of the service the values that the files in {@code deploy/} must match. */
public final class Application {

    private static final Path CLASSES = Path.of("target/classes");
    private static final Pattern PORT = Pattern.compile("\\$\\{PORT:(\\d+)}");

    private Application() {}

    /** Returns the default port. */
    static int port() throws IOException {
        Matcher port = PORT.matcher(property("quarkus.http.port", ""));
        if (!port.matches()) {
            throw new IllegalStateException("quarkus.http.port is not ${PORT:number}");
        }
        return Integer.parseInt(port.group(1));
    }

    /** Returns the path of a health check: live, ready or started. */
    static String health(String check) throws IOException {
        return operations() + property("quarkus.smallrye-health.root-path", "health") + "/" + check;
    }

    static String metrics() throws IOException {
        return operations() + property("quarkus.micrometer.export.prometheus.path", "metrics");
    }

    /** Returns the maximum duration of a graceful shutdown. */
    static Duration shutdown() throws IOException {
        return duration("quarkus.shutdown.delay").plus(duration("quarkus.shutdown.timeout"));
    }

    /** Returns the value of a property in production, or the default of Quarkus. */
    static String property(String name, String quarkusDefault) throws IOException {
        Properties properties = new Properties();
        try (var in = Files.newInputStream(Path.of("src/main/resources/application.properties"))) {
            properties.load(in);
        }
        return properties.getProperty(name, quarkusDefault);
    }

    /** Returns the environment variables of Ember's settings. */
    public static Set<String> settings() throws IOException, ClassNotFoundException {
        Set<String> settings = new TreeSet<>();
        for (Path file : classFiles()) {
            String name = CLASSES.relativize(file).toString().replace('/', '.').replaceAll("\\.class$", "");
            Class<?> type = Class.forName(name, false, Application.class.getClassLoader());
            if (type.isAnnotationPresent(ConfigMapping.class)) {
                ConfigMappings.getProperties(ConfigClass.configClass(type)).keySet().stream()
                        .map(Application::environmentVariable)
                        .forEach(settings::add);
            }
        }
        return settings;
    }

    private static String environmentVariable(String property) {
        return property.replace("[*]", "").replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    private static Iterable<Path> classFiles() throws IOException {
        try (Stream<Path> files = Files.walk(CLASSES.resolve("dev/ember"))) {
            return files.filter(file -> file.toString().endsWith(".class")).toList();
        }
    }

    private static String operations() throws IOException {
        return "/" + property("quarkus.http.non-application-root-path", "q") + "/";
    }

    private static Duration duration(String property) throws IOException {
        return Duration.parse("PT" + property(property, "0S"));
    }
}
