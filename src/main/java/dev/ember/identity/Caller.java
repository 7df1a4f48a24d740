package dev.ember.identity;

import java.util.Set;

/**
 * Who sends a request.
 *
 * @param project the id of the project that the caller acts in; what it creates belongs to this tenant
 * @param roles the names of the caller's roles in that project
 */
public record Caller(String project, Set<String> roles) {}
