package dev.ember.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Internal links of the pages, to files and to headings. Links to other hosts are not requested. */
class LinksTest {

    private static final List<Path> FOLDERS = List.of(Path.of("docs"), Path.of("deploy"), Path.of(".github"));
    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```|`[^`\n]*`");
    private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?) *#*$");

    static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(markdown(Path.of(""), 1));
        for (Path folder : FOLDERS) {
            pages.addAll(markdown(folder, Integer.MAX_VALUE));
        }
        return pages;
    }

    @Test
    void readsThePages() throws IOException {
        assertTrue(pages().containsAll(List.of(Path.of("README.md"), Path.of("docs/decisions/README.md"))));
        assertTrue(links(Path.of("README.md")).contains("docs/architecture.md"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void leadToFilesAndHeadingsThatExist(Path page) throws IOException {
        Set<String> broken = new TreeSet<>();
        for (String link : links(page)) {
            if (!exists(page, link)) {
                broken.add(link);
            }
        }
        assertEquals(Set.of(), broken);
    }

    @ParameterizedTest
    @CsvSource({"Quick start, quick-start", "10^10 rows, 1010-rows", "`If-Match`: a header, if-match-a-header"})
    void findsAHeadingByItsGitHubAnchor(String heading, String anchor) {
        assertEquals(Set.of(anchor), anchors("# " + heading));
    }

    @Test
    void numbersEqualHeadings() {
        assertEquals(Set.of("kept", "kept-1"), anchors("# Kept\n\n## Kept\n"));
    }

    private static List<Path> markdown(Path folder, int depth) throws IOException {
        try (Stream<Path> files = Files.walk(folder, depth)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.toString().contains("node_modules"))
                    .sorted()
                    .toList();
        }
    }

    /** Returns the targets of all links and images of a page that are not on another host. */
    private static List<String> links(Path page) throws IOException {
        return LINK.matcher(CODE.matcher(Files.readString(page)).replaceAll(""))
                .results()
                .map((MatchResult link) -> link.group(2))
                .filter(link -> URI.create(link).getScheme() == null)
                .toList();
    }

    private static boolean exists(Path page, String link) throws IOException {
        int hash = link.indexOf('#');
        String file = hash < 0 ? link : link.substring(0, hash);
        Path target = file.isEmpty() ? page : page.resolveSibling(file).normalize();
        return Files.exists(target)
                && (hash < 0 || anchors(Files.readString(target)).contains(link.substring(hash + 1)));
    }

    /** Returns the anchors of the headings of a page. Equal headings get a number. */
    private static Set<String> anchors(String page) {
        Map<String, Integer> occurrences = new HashMap<>();
        return HEADING.matcher(page.replaceAll("(?ms)^```.*?^```", ""))
                .results()
                .map(heading -> anchor(heading.group(1)))
                .map(anchor -> {
                    int earlier = occurrences.merge(anchor, 1, Integer::sum) - 1;
                    return earlier == 0 ? anchor : anchor + "-" + earlier;
                })
                .collect(Collectors.toSet());
    }

    private static String anchor(String heading) {
        return LINK.matcher(heading)
                .replaceAll("$1")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}\\s_-]", "")
                .replace(' ', '-');
    }
}
