package dev.ember.deploy;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds the metrics in an expression of PromQL. */
final class PromQl {

    private static final Pattern STRING = Pattern.compile("\"(?:\\\\.|[^\"\\\\])*\"|'(?:\\\\.|[^'\\\\])*'|`[^`]*`");
    private static final Pattern MATCHERS_AND_RANGES = Pattern.compile("\\{[^}]*}|\\[[^]]*]");
    private static final Pattern LABELS =
            Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
    private static final Pattern NAME = Pattern.compile("(?<![\\w:.])[A-Za-z_:][\\w:]*+(?!\\s*\\()");
    private static final Set<String> KEYWORDS =
            Set.of("and", "or", "unless", "atan2", "bool", "offset", "group_left", "group_right", "inf", "nan");

    private PromQl() {}

    static Set<String> metrics(String expression) {
        String names = expression;
        for (Pattern pattern : new Pattern[] {STRING, MATCHERS_AND_RANGES, LABELS}) {
            names = pattern.matcher(names).replaceAll(" ");
        }
        return NAME.matcher(names)
                .results()
                .map(MatchResult::group)
                .filter(name -> !KEYWORDS.contains(name.toLowerCase(Locale.ROOT)))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
