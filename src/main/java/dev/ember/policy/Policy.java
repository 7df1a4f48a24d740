package dev.ember.policy;

import static dev.ember.policy.Operation.LIST_CONFIGS;
import static dev.ember.policy.Operation.LIST_DEPLOYMENTS;
import static dev.ember.policy.Operation.SHOW_BUILD_INFO;
import static dev.ember.policy.Operation.SHOW_CONFIG;
import static dev.ember.policy.Operation.SHOW_DEPLOYMENT;
import static dev.ember.policy.Operation.SHOW_METADATA;
import static dev.ember.policy.Operation.UPDATE_DEPLOYMENT;
import static dev.ember.policy.Operation.VALIDATE_TEMPLATE;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Who may do what: the one table. It is Heat's (its policy with the new defaults), but that a stack user also shows and
 * updates deployments, for that is how an agent reports what came of one.
 *
 * <p>A role counts in the project that the token is for. Which rows an operation then finds is not decided here but in
 * each query: those of that project and, of deployments, those that name it as {@code stack_user_project_id}.
 */
public final class Policy {

    private static final Map<Role, Set<Operation>> TABLE = Map.of(
            Role.READER,
                    EnumSet.of(
                            LIST_CONFIGS,
                            SHOW_CONFIG,
                            LIST_DEPLOYMENTS,
                            SHOW_DEPLOYMENT,
                            SHOW_METADATA,
                            VALIDATE_TEMPLATE,
                            SHOW_BUILD_INFO),
            Role.MEMBER, EnumSet.allOf(Operation.class),
            Role.ADMIN, EnumSet.allOf(Operation.class),
            Role.HEAT_STACK_USER, EnumSet.of(SHOW_METADATA, SHOW_DEPLOYMENT, UPDATE_DEPLOYMENT));

    private Policy() {}

    /** Whether any of these roles permits an operation in the caller's own project. */
    public static boolean permits(Set<Role> roles, Operation operation) {
        for (Role role : roles) {
            if (TABLE.get(role).contains(operation)) {
                return true;
            }
        }
        return false;
    }
}
