package dev.ember.etag;

import dev.ember.fault.InvalidHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The tags that a condition names.
 *
 * @param any whether it is {@code *}, which whatever exists fulfils
 */
record EntityTags(boolean any, List<Member> members) {

    /** A tag, and whether the client says that it is a weak one, of something that only means the same. */
    record Member(boolean weak, String text) {}

    /** One member of a list, which may be empty, and what ends it. */
    private static final Pattern MEMBER =
            Pattern.compile("\\G[ \\t]*+(?:(W/)?+\"([!#-~\\x80-\\xFF]*+)\")?+[ \\t]*+(?:,|\\z)");

    /**
     * Reads a header.
     *
     * @param values those of all headers of the name, which are one list
     * @throws InvalidHeader when they are neither a list of tags nor {@code *}
     */
    static EntityTags of(String name, List<String> values) {
        String list = String.join(",", values);
        if (list.strip().equals("*")) {
            return new EntityTags(true, List.of());
        }
        List<Member> members = new ArrayList<>();
        Matcher member = MEMBER.matcher(list);
        for (int end = 0; end < list.length(); end = member.end()) {
            if (!member.find()) {
                throw invalid(name);
            }
            if (member.group(2) != null) {
                members.add(new Member(member.group(1) != null, member.group(2)));
            }
        }
        if (members.isEmpty()) {
            throw invalid(name);
        }
        return new EntityTags(false, members);
    }

    /** The strong comparison: a weak tag is never equal. */
    boolean haveStrongly(EntityTag tag) {
        return any || members.contains(new Member(false, tag.text()));
    }

    /** The tags that the strong comparison can find equal, separated by spaces, which no tag contains. */
    String strong() {
        return members.stream().filter(member -> !member.weak).map(Member::text).collect(Collectors.joining(" "));
    }

    /** The weak comparison. */
    boolean haveWeakly(EntityTag tag) {
        return any || members.stream().anyMatch(member -> member.text.equals(tag.text()));
    }

    private static InvalidHeader invalid(String name) {
        return new InvalidHeader(name, "must be * or a list of entity tags, each in quotes");
    }
}
