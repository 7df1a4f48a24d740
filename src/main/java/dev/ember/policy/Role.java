package dev.ember.policy;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** A role of Keystone that the policy knows; any other permits nothing. */
public enum Role {
    READER,
    MEMBER,
    ADMIN,
    /** That of the users that Heat makes for the agents in servers. */
    HEAT_STACK_USER;

    /** The known ones of a list of names. Keystone does not tell the case of a name apart. */
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
