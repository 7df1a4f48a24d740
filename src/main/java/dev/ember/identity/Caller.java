package dev.ember.identity;

import dev.ember.policy.Role;
import java.util.Set;

/**
 * Who sends a request that is permitted.
 *
 * @param user the id of the user; null when nobody vouches for one
 * @param project the id of the project that the caller acts in: every query finds the rows of this tenant only, and
 *     what is created belongs to it
 * @param roles the caller's roles, as far as the policy knows them
 * @param administrator whether the caller administers all tenants
 */
public record Caller(String user, String project, Set<Role> roles, boolean administrator) {}
