package dev.ember.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyTest {

    /** A second copy of the policy table, with the names of Heat's policy. A + means permitted. */
    private static final String TABLE =
            """
            operation                      reader  member  admin  heat_stack_user
            software_configs:index              +       +      +                -
            software_configs:create             -       +      +                -
            software_configs:show               +       +      +                -
            software_configs:delete             -       +      +                -
            software_deployments:index          +       +      +                -
            software_deployments:create         -       +      +                -
            software_deployments:show           +       +      +                +
            software_deployments:update         -       +      +                +
            software_deployments:delete         -       +      +                -
            software_deployments:watch          +       +      +                -
            software_deployments:events         +       +      +                -
            software_deployments:metadata       +       +      +                +
            software_deployments:agent          -       +      +                -
            servers:index                       +       +      +                -
            stacks:validate_template            +       +      +                -
            build_info:build_info               +       +      +                -
            """;

    private static final List<String[]> ROWS =
            TABLE.lines().map(line -> line.split(" +")).toList();

    @ParameterizedTest
    @MethodSource("cells")
    void permitsWhatTheTableSays(Cell cell) {
        assertEquals(cell.permitted(), Policy.permits(Set.of(cell.role()), cell.operation()));
    }

    @ParameterizedTest
    @EnumSource
    void permitsNothingWithoutARole(Operation operation) {
        assertFalse(Policy.permits(Set.of(), operation));
    }

    @Test
    void permitsWhatAnyOfTheRolesPermits() {
        Set<Role> roles = EnumSet.of(Role.HEAT_STACK_USER, Role.READER);
        assertEquals(
                List.of(true, true, false),
                Stream.of(Operation.UPDATE_DEPLOYMENT, Operation.LIST_CONFIGS, Operation.CREATE_CONFIG)
                        .map(operation -> Policy.permits(roles, operation))
                        .toList());
    }

    static Stream<Cell> cells() {
        assertEquals(1 + Operation.values().length, ROWS.size());
        return Stream.of(Operation.values())
                .flatMap(operation -> Stream.of(Role.values()).map(role -> cell(operation, role)));
    }

    private static Cell cell(Operation operation, Role role) {
        int column = List.of(ROWS.get(0)).indexOf(role.name().toLowerCase(Locale.ROOT));
        String[] row = ROWS.stream()
                .filter(words -> words[0].equals(operation.policyName()))
                .findFirst()
                .orElseThrow();
        return new Cell(operation, role, row[column].equals("+"));
    }

    record Cell(Operation operation, Role role, boolean permitted) {}
}
