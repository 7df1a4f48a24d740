package dev.ember.database;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The SQL in the classes of the service. It is found in the constant pools of the class files, so a new statement need
 * not be listed.
 *
 * @see <a href="https://docs.oracle.com/javase/specs/jvms/se17/html/jvms-4.html#jvms-4.4">the constant pool</a>
 */
final class SqlTexts {

    private static final Path CLASSES = Path.of("target/classes/dev/ember");
    private static final int MAGIC_AND_VERSION_BYTES = 8;

    private static final Pattern STATEMENT =
            Pattern.compile("(?is)\\s*(?:select|insert|update|delete|merge|with|lock|truncate|copy)\\s.*");

    private static final Pattern TENANT_ROWS =
            Pattern.compile("\\b(?:tenant_id|" + String.join("|", ServiceStatements.TABLES) + ")\\b");

    /** What a text leaves open: a format specifier, or an operand of a concatenation. */
    private static final Pattern OPEN = Pattern.compile("%{1,2}(?:[0-9]+\\$)?[sd]|\u0001");

    private SqlTexts() {}

    /** Returns the statements on rows of tenants, and the subqueries that are texts of their own. */
    static List<String> ofService() throws IOException {
        Set<String> texts = new TreeSet<>();
        try (Stream<Path> files = Files.walk(CLASSES)) {
            files.filter(file -> file.toString().endsWith(".class"))
                    .flatMap(file -> texts(file).stream())
                    .filter(text -> STATEMENT.matcher(text).matches())
                    .flatMap(text -> Arrays.stream(text.split(";\n")))
                    .filter(TENANT_ROWS.asPredicate())
                    .forEach(texts::add);
        }
        return List.copyOf(texts);
    }

    /** Returns the texts that are part of no executed statement. */
    static List<String> notExecuted(Collection<String> texts, Collection<String> executed) {
        List<String> normalized = executed.stream()
                .map(statement -> inOneLine(statement.replaceAll("\\$[0-9]+", "?")))
                .toList();
        return texts.stream()
                .filter(text -> normalized.stream().noneMatch(pattern(text).asPredicate()))
                .toList();
    }

    /** With batches by tenant, the tenant is a parameter. */
    private static Pattern pattern(String text) {
        String oneTenant = inOneLine(text).replace("tenant_id = wanted.tenant{tenant}", "tenant_id = ?");
        return Pattern.compile(Arrays.stream(OPEN.split(oneTenant, -1))
                .map(part -> Pattern.quote(part.replace("%%", "%")))
                .collect(Collectors.joining(".*")));
    }

    private static String inOneLine(String sql) {
        return sql.strip().replaceAll("\\s+", " ");
    }

    /** Reads all texts of a class file, which include names. */
    private static List<String> texts(Path file) {
        List<String> texts = new ArrayList<>();
        try (DataInputStream input = new DataInputStream(Files.newInputStream(file))) {
            input.skipNBytes(MAGIC_AND_VERSION_BYTES);
            int size = input.readUnsignedShort();
            for (int i = 1; i < size; i++) {
                int tag = input.readUnsignedByte();
                switch (tag) {
                    case 1 -> texts.add(input.readUTF());
                    case 3, 4, 9, 10, 11, 12, 17, 18 -> input.skipNBytes(4);
                    case 5, 6 -> {
                        input.skipNBytes(8);
                        i++; // A long or a double counts as two constants.
                    }
                    case 7, 8, 16, 19, 20 -> input.skipNBytes(2);
                    case 15 -> input.skipNBytes(3);
                    default -> throw new IOException("Unknown constant " + tag + " in " + file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }
}
