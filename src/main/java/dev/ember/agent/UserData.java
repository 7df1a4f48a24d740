package dev.ember.agent;

import jakarta.enterprise.context.ApplicationScoped;

/**
 * The user data of a new server: a cloud-config that configures os-collect-config.
 *
 * <p>An agent renders its configuration from its metadata. If it does so while the service is unavailable, it would
 * lose its URL. So the second file has the same configuration as a source of metadata that is always available. The
 * link adds the metadata of the last poll as another such source, with the URL of the newest key.
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
                  - [ln, -sfn, /var/lib/os-collect-config/request.json, /var/lib/cloud/data/cfn-init-data]
                  - [systemctl, restart, --no-block, os-collect-config.service]
                """
                .formatted(interval, metadataUrl, metadata.agentConfig(metadataUrl));
    }
}
