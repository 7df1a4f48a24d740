package dev.ember.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ember.identity.IdentityMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the files of the board contain, and what they must not contain. */
class BoardFilesTest {

    private static final Path SOURCES = Path.of("src/main/resources/board");

    private static final int MAX_BYTES = 150 * 1_024;

    /** The name of the format of an image. It is no address that a browser requests. */
    private static final String SVG = "http://www.w3.org/2000/svg";

    /** Ways by which text could become markup or a script. */
    private static final Pattern INTERPRETERS = Pattern.compile(
            "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|"
                    + "\\beval\\(|new Function|DOMParser|createContextualFragment|srcdoc|setTimeout\\(['\"`]|\\bimport\\(");

    private static final Pattern REFERENCE =
            Pattern.compile("(?:from|import|href=|src=|@import|url\\()\\s*['\"]([^'\"]+)['\"]");

    static List<String> files() {
        return BoardFiles.NAMES;
    }

    private static String read(String name) throws IOException {
        return Files.readString(SOURCES.resolve(name));
    }

    @Test
    void listsTheFilesOfTheFolder() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            assertEquals(
                    files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new)),
                    new TreeSet<>(BoardFiles.NAMES));
        }
        assertEquals(BoardFiles.NAMES.size(), Set.copyOf(BoardFiles.NAMES).size());
    }

    @Test
    void isSmall() {
        int bytes = Set.copyOf(BoardFiles.read(IdentityMode.NONE).values()).stream()
                .mapToInt(file -> file.content().length())
                .sum();
        assertTrue(bytes <= MAX_BYTES, bytes + " bytes");
    }

    @ParameterizedTest
    @EnumSource(IdentityMode.class)
    void tellsThePageEachMode(IdentityMode mode) {
        String module = BoardFiles.read(mode).get(BoardFiles.IDENTITY).content().toString();
        assertTrue(module.matches("export const IDENTITY = '[a-z]+';\n"), module);
    }

    @ParameterizedTest
    @MethodSource("files")
    void namesNoOtherHost(String name) throws IOException {
        String text = read(name).replace(SVG, "");
        assertFalse(Pattern.compile("https?:|['\"(]//|wss?:").matcher(text).find(), name);
    }

    @ParameterizedTest
    @MethodSource("files")
    void interpretsNoText(String name) throws IOException {
        Matcher found = INTERPRETERS.matcher(read(name));
        assertFalse(found.find(), () -> name + " has " + found.group());
    }

    @ParameterizedTest
    @MethodSource("files")
    void refersToItsOwnFilesOnly(String name) throws IOException {
        Set<String> known = BoardFiles.read(IdentityMode.NONE).keySet();
        Matcher reference = REFERENCE.matcher(read(name));
        while (reference.find()) {
            assertTrue(known.contains(reference.group(1).replaceFirst("^\\./", "")), name + ": " + reference.group(1));
        }
    }

    @Test
    void hasNoInlineScriptOrStyle() throws IOException {
        String page = read(BoardFiles.PAGE);
        assertFalse(Pattern.compile("<style|\\sstyle=|\\son\\w+=|<script(?![^>]*\\ssrc=)")
                .matcher(page)
                .find());
        assertTrue(page.contains("<script type=\"module\" src=\"main.js\"></script>"));
    }

    /** The browser would otherwise discover them one after another. */
    @Test
    void loadsAllModulesAtOnce() throws IOException {
        String page = read(BoardFiles.PAGE);
        Set<String> missing = BoardFiles.read(IdentityMode.NONE).keySet().stream()
                .filter(name -> name.endsWith(".js") && !name.equals("main.js"))
                .filter(name -> !page.contains("<link rel=\"modulepreload\" href=\"" + name + "\">"))
                .collect(Collectors.toSet());
        assertEquals(Set.of(), missing);
    }
}
