package dev.ember.agent;

import dev.ember.text.StorableText;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * The names of the configs of one server. os-collect-config stores the configs of some groups in files named after
 * them. A name that a file cannot have, or that is the name of a file of os-collect-config, stops all deployments of
 * the server. Two configs with one name replace each other at each poll, and each time the agent runs its command. So
 * names are replaced where needed.
 */
final class FileNames {

    private static final Set<String> GROUPS = Set.of("os-apply-config", AgentEntry.UNGROUPED);

    /** The sources of os-collect-config, and its list of files. */
    private static final Set<String> RESERVED =
            Set.of("cfn", "ec2", "heat", "heat_local", "os_config_files", "request", "zaqar");

    /** The limit of file systems, 255 bytes, without the longest ending, {@code .json.orig}. */
    private static final int MAX_BYTES = 245;

    /** In code points, so that a name has at most {@link #MAX_BYTES} together with an id. */
    private static final int MAX_LENGTH_BEFORE_ID = 52;

    private final Set<String> taken = new HashSet<>(RESERVED);

    /** The name of a deployment's config. The first deployment of several with the same name keeps it. */
    String of(AgentEntry entry) {
        String name = entry.nameOrEmpty();
        if (!GROUPS.contains(entry.groupOrDefault())) {
            return name;
        }
        String fileName = name.replace('/', '_');
        return fileName.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES && taken.add(fileName)
                ? fileName
                : StorableText.truncate(fileName, MAX_LENGTH_BEFORE_ID) + "-" + entry.deployment();
    }
}
