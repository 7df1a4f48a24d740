package dev.ember.agent;

import dev.ember.text.StorableText;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * The name of a config that becomes the name of a file. os-collect-config stores the configs of some groups in files. A
 * name that a file cannot have, or that belongs to a file of os-collect-config, stops all deployments of the server.
 * Such a name is replaced.
 */
final class FileName {

    private static final Set<String> GROUPS = Set.of("os-apply-config", AgentEntry.UNGROUPED);

    /** The sources of os-collect-config, and its list of files. */
    private static final Set<String> RESERVED =
            Set.of("cfn", "ec2", "heat", "heat_local", "os_config_files", "request", "zaqar");

    /** The limit of file systems, 255 bytes, without the longest ending, {@code .json.orig}. */
    private static final int MAX_BYTES = 245;

    /** In code points, so that a name has at most {@link #MAX_BYTES} together with an id. */
    private static final int MAX_LENGTH_BEFORE_ID = 52;

    private FileName() {}

    /** Returns the name of a deployment's config as the agent can use it. */
    static String of(AgentEntry entry) {
        String name = entry.nameOrEmpty();
        if (!GROUPS.contains(entry.groupOrDefault())) {
            return name;
        }
        String fileName = name.replace('/', '_');
        return fileName.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES && !RESERVED.contains(fileName)
                ? fileName
                : StorableText.truncate(fileName, MAX_LENGTH_BEFORE_ID) + "-" + entry.deployment();
    }
}
