package dev.ember.agent;

import jakarta.enterprise.context.ApplicationScoped;

/**
 * The user data of a new server: a cloud-config that configures os-collect-config.
 *
 * <p>The second file has the same configuration as a source of metadata that is always there. Without it, an agent that
 * renders its configuration while the service is away would lose its URL.
 *
 * @see <a href="https://cloudinit.readthedocs.io/en/latest/reference/modules.html#write-files">write_files</a>
 */
@ApplicationScoped
class UserData {

    private final AgentMetadata metadata;
    private final SignedUrls urls;

    UserData(AgentMetadata metadata, SignedUrls urls) {
        this.metadata = metadata;
        this.urls = urls;
    }

    /** @param metadataUrl the signed URL of the server's metadata */
    String of(String metadataUrl) {
        String interval = urls.pollingInterval()
                .map(seconds -> "      polling_interval = " + seconds + "\n")
                .orElse("");
        return """
                #cloud-config
                write_files:
                  - path: /etc/os-collect-config.conf
                    owner: root:root
                    permissions: "0600"
                    content: |
                      [DEFAULT]
                      command = os-refresh-config
                      collectors = request
                      collectors = local
                %s      [request]
                      metadata_url = %s
                  - path: /var/lib/heat-cfntools/cfn-init-data
                    owner: root:root
                    permissions: "0600"
                    content: |
                      {"os-collect-config": %s}
                runcmd:
                  - [systemctl, restart, --no-block, os-collect-config.service]
                """
                .formatted(interval, metadataUrl, metadata.agentConfig(metadataUrl));
    }
}
