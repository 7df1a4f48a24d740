package dev.ember.policy;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** A role that the policy uses. Other roles permit nothing. */
public enum Role {
    READER,
    MEMBER,
    ADMIN,
    /** The role of the users that Heat creates for the agents in servers. */
    HEAT_STACK_USER;

    /** The roles in a list of names, without unknown names. Like Keystone, it ignores the case of names. */
    public static Set<Role> named(Iterable<String> names) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String name : names) {
            for (Role role : values()) {
                if (role.name().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
                    roles.add(role);
                }
            }
        }
        return Collections.unmodifiableSet(roles);
    }
}
