package dev.ember.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoleTest {

    @Test
    void readsNamesInAnyCase() {
        assertEquals(Set.of(Role.MEMBER, Role.HEAT_STACK_USER), Role.named(List.of("Member", "heat_stack_user")));
    }

    @Test
    void ignoresUnknownNames() {
        assertEquals(Set.of(Role.READER), Role.named(List.of("_member_", "reader", "heat_stack_owner", "")));
    }
}
