package dev.ember.policy;

import static dev.ember.policy.Operation.LIST_CONFIGS;
import static dev.ember.policy.Operation.LIST_DEPLOYMENTS;
import static dev.ember.policy.Operation.LIST_EVENTS;
import static dev.ember.policy.Operation.LIST_SERVERS;
import static dev.ember.policy.Operation.SHOW_BUILD_INFO;
import static dev.ember.policy.Operation.SHOW_CONFIG;
import static dev.ember.policy.Operation.SHOW_DEPLOYMENT;
import static dev.ember.policy.Operation.SHOW_METADATA;
import static dev.ember.policy.Operation.UPDATE_DEPLOYMENT;
import static dev.ember.policy.Operation.VALIDATE_TEMPLATE;
import static dev.ember.policy.Operation.WATCH_DEPLOYMENTS;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Which role may use which operation. The table is that of Heat's policy with the new defaults, with one difference: a
 * stack user may also show and update deployments, because agents report the outcome of a deployment that way.
 *
 * <p>A role applies in the project of the token. This class does not decide which rows an operation finds. Each query
 * does: it finds the rows of that project, and also deployments with that project as their
 * {@code stack_user_project_id}.
 */
public final class Policy {

    private static final Map<Role, Set<Operation>> OPERATIONS_BY_ROLE = Map.of(
            Role.READER,
                    EnumSet.of(
                            LIST_CONFIGS,
                            SHOW_CONFIG,
                            LIST_DEPLOYMENTS,
                            SHOW_DEPLOYMENT,
                            WATCH_DEPLOYMENTS,
                            LIST_EVENTS,
                            SHOW_METADATA,
                            LIST_SERVERS,
                            VALIDATE_TEMPLATE,
                            SHOW_BUILD_INFO),
            Role.MEMBER, EnumSet.allOf(Operation.class),
            Role.ADMIN, EnumSet.allOf(Operation.class),
            Role.HEAT_STACK_USER, EnumSet.of(SHOW_METADATA, SHOW_DEPLOYMENT, UPDATE_DEPLOYMENT));

    private Policy() {}

    /** Whether any of these roles permits an operation in the caller's own project. */
    public static boolean permits(Set<Role> roles, Operation operation) {
        for (Role role : roles) {
            if (OPERATIONS_BY_ROLE.get(role).contains(operation)) {
                return true;
            }
        }
        return false;
    }
}
