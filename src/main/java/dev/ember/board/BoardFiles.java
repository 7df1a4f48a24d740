package dev.ember.board;

import dev.ember.identity.IdentityMode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the files of the board from the class path. The native image contains them. */
final class BoardFiles {

    /** The page itself, and the file at the root of the board. */
    static final String PAGE = "index.html";

    /** The module that tells the page how callers are identified. It is generated. */
    static final String IDENTITY = "identity.js";

    /** The files in {@code src/main/resources/board}. */
    static final List<String> NAMES = List.of(
            PAGE,
            "board.css",
            "icon.svg",
            "address.js",
            "api.js",
            "bar.js",
            "deployment-list.js",
            "deployment-view.js",
            "deployments.js",
            "dom.js",
            "main.js",
            "refresh.js",
            "server-list.js",
            "server-view.js",
            "servers.js",
            "status.js",
            "stream.js",
            "tenant-view.js",
            "text.js",
            "time.js",
            "token.js");

    private static final String FOLDER = "/board/";

    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "html", "text/html;charset=UTF-8",
            "css", "text/css;charset=UTF-8",
            "js", "text/javascript;charset=UTF-8",
            "svg", "image/svg+xml");

    private BoardFiles() {}

    /** Returns all files of the board by name. The page has an empty name as well. */
    static Map<String, BoardFile> read(IdentityMode mode) {
        Map<String, BoardFile> files = new HashMap<>();
        NAMES.forEach(name -> files.put(name, BoardFile.of(content(name), mediaType(name))));
        files.put(IDENTITY, BoardFile.of(identity(mode), mediaType(IDENTITY)));
        files.put("", files.get(PAGE));
        return Map.copyOf(files);
    }

    private static byte[] content(String name) {
        try (InputStream file = BoardFiles.class.getResourceAsStream(FOLDER + name)) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The mode is null if the setting is missing, until the startup fails. */
    private static byte[] identity(IdentityMode mode) {
        String word = mode == null ? "" : mode.name().toLowerCase(Locale.ROOT);
        return ("export const IDENTITY = '" + word + "';\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static String mediaType(String name) {
        return MEDIA_TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    }
}
