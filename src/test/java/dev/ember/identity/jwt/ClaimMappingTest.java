package dev.ember.identity.jwt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ember.identity.InvalidToken;
import dev.ember.identity.Principal;
import dev.ember.policy.Role;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimMappingTest {

    private static final String NULL = "NULL";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = NULL,
            value = {
                "tenant | {'tenant': 'a'} | a",
                "tenant | {'tenant': 'a-B_9'} | a-B_9",
                "org.example/tenant | {'org.example/tenant': 'a'} | a",
                "https://e.org/tenant | {'https://e.org/tenant': 'a'} | a",
                "/kubernetes.io/namespace | {'kubernetes.io': {'namespace': 'a'}} | a",
                "/https:~1~1e.org~1tenant | {'https://e.org/tenant': 'a'} | a",
                "/groups/1 | {'groups': ['x', 'a']} | a",
                "/a~0b | {'a~b': 'a'} | a",
                "tenant | {} | NULL",
                "tenant | {'tenant': null} | NULL",
                "tenant | {'tenant': 1} | NULL",
                "tenant | {'tenant': ['a']} | NULL",
                "tenant | {'tenant': {'id': 'a'}} | NULL",
                "tenant | {'tenant': ''} | NULL",
                "tenant | {'tenant': ' a'} | NULL",
                "tenant | {'tenant': 'a/../b'} | NULL",
                "tenant | {'tenant': 'ä'} | NULL",
                "tenant | {'tenant': 'a\\n'} | NULL",
                "/kubernetes.io/namespace | {'kubernetes.io/namespace': 'a'} | NULL",
                "/kubernetes.io/namespace | {'kubernetes.io': 'a'} | NULL",
                "/groups/2 | {'groups': ['x', 'a']} | NULL",
                "/ | {'': 'a'} | a"
            })
    void findsTheTenant(String claim, String claims, String tenant) throws Exception {
        assertEquals(tenant, map(claim, "roles", "", claims).project());
    }

    @Test
    void boundsTheLengthOfATenant() throws Exception {
        assertEquals(
                "a".repeat(64),
                map("tenant", "roles", "", "{'tenant': '" + "a".repeat(64) + "'}")
                        .project());
        assertEquals(
                null,
                map("tenant", "roles", "", "{'tenant': '" + "a".repeat(65) + "'}")
                        .project());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "roles | {'roles': ['member', 'reader']} | READER MEMBER",
                "roles | {'roles': 'member reader'} | READER MEMBER",
                "roles | {'roles': ' member  reader '} | READER MEMBER",
                "roles | {'roles': 'ADMIN'} | ADMIN",
                "roles | {'roles': 'heat_stack_user owner'} | HEAT_STACK_USER",
                "/realm_access/roles | {'realm_access': {'roles': ['admin']}} | ADMIN",
                "scope | {'scope': 'openid member'} | MEMBER",
                "roles | {'roles': ['member reader']} | ''",
                "roles | {'roles': 'member,reader'} | ''",
                "roles | {'roles': ['unknown', 1, null, ['admin'], {'a': 'admin'}]} | ''",
                "roles | {'roles': []} | ''",
                "roles | {'roles': ''} | ''",
                "roles | {'roles': null} | ''",
                "roles | {'roles': 1} | ''",
                "roles | {'roles': {'admin': true}} | ''",
                "roles | {} | READER",
                "/realm_access/roles | {'realm_access': {}} | READER"
            })
    void findsTheRoles(String claim, String claims, String roles) throws Exception {
        Set<Role> found = map("tenant", claim, "reader", claims).roles();
        assertEquals(
                roles,
                String.join(" ", new TreeSet<>(found).stream().map(Role::name).toList()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'sub': null}",
                "{'sub': 1}",
                "{'sub': ''}",
                "{'sub': 'a\\u0000'}",
                "{'sub': 'a\\nb'}",
                "{'sub': '\\ud800'}",
                "{'sub': 'a\\u202eb'}"
            })
    void rejectsSubjectsThatCannotBeAudited(String claims) {
        ClaimMapping mapping = new ClaimMapping(Claim.of("tenant"), Claim.of("roles"), Set.of());
        assertThrows(InvalidToken.class, () -> mapping.map(json(claims)));
    }

    @Test
    void boundsTheLengthOfASubject() throws Exception {
        ClaimMapping mapping = new ClaimMapping(Claim.of("tenant"), Claim.of("roles"), Set.of());
        assertEquals(
                "😀".repeat(255),
                mapping.map(json("{'sub': '" + "😀".repeat(255) + "'}")).user());
        assertThrows(InvalidToken.class, () -> mapping.map(json("{'sub': '" + "a".repeat(256) + "'}")));
    }

    private static Principal map(String tenant, String roles, String defaultRoles, String claims) throws Exception {
        ClaimMapping mapping =
                new ClaimMapping(Claim.of(tenant), Claim.of(roles), Role.named(List.of(defaultRoles.split(","))));
        return mapping.map(json(claims.replaceFirst("\\{", claims.equals("{}") ? "{'sub': 's'" : "{'sub': 's', ")));
    }

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text.replace('\'', '"'));
    }
}
