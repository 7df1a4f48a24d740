package dev.ember.policy;

/**
 * The operations that the policy covers. Operations of Heat have the names of Heat's policy. Operators know these
 * names, and the messages of 403 responses use them.
 */
public enum Operation {
    LIST_CONFIGS("software_configs:index", false),
    CREATE_CONFIG("software_configs:create", true),
    SHOW_CONFIG("software_configs:show", false),
    DELETE_CONFIG("software_configs:delete", true),
    LIST_DEPLOYMENTS("software_deployments:index", false),
    CREATE_DEPLOYMENT("software_deployments:create", true),
    SHOW_DEPLOYMENT("software_deployments:show", false),
    UPDATE_DEPLOYMENT("software_deployments:update", true),
    DELETE_DEPLOYMENT("software_deployments:delete", true),
    WATCH_DEPLOYMENTS("software_deployments:watch", false),
    LIST_EVENTS("software_deployments:events", false),
    SHOW_METADATA("software_deployments:metadata", false),
    SHOW_AGENT("software_deployments:agent", true),
    LIST_SERVERS("servers:index", false),
    VALIDATE_TEMPLATE("stacks:validate_template", false),
    SHOW_BUILD_INFO("build_info:build_info", false);

    private final String policyName;
    private final boolean audited;

    Operation(String policyName, boolean audited) {
        this.policyName = policyName;
        this.audited = audited;
    }

    /** The name of the operation in Heat's policy. */
    public String policyName() {
        return policyName;
    }

    /**
     * Whether a permitted request is audited, too. This applies to operations that change stored data or return
     * credentials.
     */
    public boolean isAudited() {
        return audited;
    }
}
