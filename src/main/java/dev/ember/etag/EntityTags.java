package dev.ember.etag;

import dev.ember.fault.InvalidHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The entity tags of an {@code If-Match} or {@code If-None-Match} header.
 *
 * @param any whether the header is {@code *}, which matches every existing resource
 * @param tags the tags of the list
 */
record EntityTags(boolean any, List<Tag> tags) {

    /**
     * A tag of the list.
     *
     * @param weak whether the client marks the tag as weak: equivalent states have the same tag
     * @param text the text between the quotes
     */
    record Tag(boolean weak, String text) {}

    /** An element of the list, which may be empty, with its delimiter. */
    private static final Pattern ELEMENT =
            Pattern.compile("\\G[ \\t]*+(?:(W/)?+\"([!#-~\\x80-\\xFF]*+)\")?+[ \\t]*+(?:,|\\z)");

    /**
     * Parses a header.
     *
     * @param name the name of the header
     * @param values the values of all headers with this name, which form one list
     * @throws InvalidHeader when the value is neither a list of tags nor {@code *}
     */
    static EntityTags of(String name, List<String> values) {
        String list = String.join(",", values);
        if (list.strip().equals("*")) {
            return new EntityTags(true, List.of());
        }
        List<Tag> tags = new ArrayList<>();
        Matcher element = ELEMENT.matcher(list);
        for (int end = 0; end < list.length(); end = element.end()) {
            if (!element.find()) {
                throw invalid(name);
            }
            if (element.group(2) != null) {
                tags.add(new Tag(element.group(1) != null, element.group(2)));
            }
        }
        if (tags.isEmpty()) {
            throw invalid(name);
        }
        return new EntityTags(false, tags);
    }

    /** Returns whether a tag matches by strong comparison. A weak tag never matches. */
    boolean matchStrongly(EntityTag tag) {
        return any || tags.contains(new Tag(false, tag.text()));
    }

    /**
     * Returns the texts of the tags that can match by strong comparison, separated by spaces. No tag contains a space.
     */
    String strongTexts() {
        return tags.stream().filter(tag -> !tag.weak).map(Tag::text).collect(Collectors.joining(" "));
    }

    /** Returns whether a tag matches by weak comparison. */
    boolean matchWeakly(EntityTag tag) {
        return any || tags.stream().anyMatch(candidate -> candidate.text.equals(tag.text()));
    }

    private static InvalidHeader invalid(String name) {
        return new InvalidHeader(name, "must be * or a list of quoted entity tags");
    }
}
