import java.io.OutputStreamWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openapitools.openapidiff.core.OpenApiCompare;
import org.openapitools.openapidiff.core.model.ChangedOpenApi;
import org.openapitools.openapidiff.core.output.ConsoleRender;

/** Exits with 1 when clients of one OpenAPI document break on another, and says where. */
final class BreakingChanges {

    public static void main(String... files) throws Exception {
        ChangedOpenApi changes =
                OpenApiCompare.fromContents(Files.readString(Path.of(files[0])), Files.readString(Path.of(files[1])));
        if (changes.isIncompatible()) {
            new ConsoleRender().render(changes, new OutputStreamWriter(System.out));
            System.exit(1);
        }
    }
}
