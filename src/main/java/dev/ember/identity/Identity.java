package dev.ember.identity;

import dev.ember.policy.Role;
import java.util.Set;

/**
 * Whom a valid token is for.
 *
 * @param user the id of the user
 * @param project the id of the project that the token is for, or null: such a token is for a domain, for the whole
 *     system, or for nothing in particular
 * @param roles the user's roles in that project, domain or system, as far as the policy knows them
 * @param service whether the role {@code service} is among them, which the services of OpenStack have
 */
record Identity(String user, String project, Set<Role> roles, boolean service) {}
