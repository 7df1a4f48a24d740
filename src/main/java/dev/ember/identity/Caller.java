package dev.ember.identity;

import dev.ember.policy.Role;
import java.util.Set;

/**
 * The sender of an authorized request.
 *
 * @param user the id of the user; null in the identity mode {@code none}
 * @param project the id of the project that the caller acts in. Every query finds only the rows of this tenant, and
 *     created resources belong to it
 * @param roles the caller's roles that the policy uses
 * @param administrator whether the caller administers all tenants
 */
public record Caller(String user, String project, Set<Role> roles, boolean administrator) {}
