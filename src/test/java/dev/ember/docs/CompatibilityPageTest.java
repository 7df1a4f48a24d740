package dev.ember.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CompatibilityPageTest {

    private static final Path PAGE = Path.of("docs/compatibility.md");
    private static final Path TESTS = Path.of("src/test/java");
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`");

    static Stream<String> testsThatThePageNames() throws IOException {
        return TEST.matcher(Files.readString(PAGE))
                .results()
                .map(MatchResult::group)
                .distinct()
                .map(name -> name.replace("`", ""));
    }

    @ParameterizedTest
    @MethodSource("testsThatThePageNames")
    void namesTestsThatExist(String name) throws IOException {
        String[] parts = name.split("\\.");
        try (Stream<Path> files = Files.walk(TESTS)) {
            List<Path> classes =
                    files.filter(file -> file.endsWith(parts[0] + ".java")).toList();
            assertEquals(1, classes.size(), name);
            String source = Files.readString(classes.get(0));
            assertTrue(source.contains("void " + parts[1] + "("), name);
        }
    }

    @Test
    void namesATestInEachRow() throws IOException {
        List<String> rows = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| "))
                .filter(line -> !line.startsWith("| Heat |"))
                .toList();
        assertTrue(rows.size() > 50, "only " + rows.size());
        for (String row : rows) {
            assertTrue(TEST.matcher(row).find() || row.contains("| not there |"), row);
        }
    }
}
