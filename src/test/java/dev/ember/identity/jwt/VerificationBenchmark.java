package dev.ember.identity.jwt;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Set;
import org.jose4j.jwk.JsonWebKeySet;

/**
 * Measures the CPU time to verify a token that is not cached, which other load on the machine does not change. Run by
 * {@code bench/token-cache}.
 */
final class VerificationBenchmark {

    private static final String ISSUER = "https://login.example.org";
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 5;
    private static final long ROUND_NANOSECONDS = 1_000_000_000;

    private VerificationBenchmark() {}

    public static void main(String... arguments) throws Exception {
        for (TestKey key : List.of(TestKey.RSA, TestKey.RSA_PSS, TestKey.EC, TestKey.EC_384, TestKey.ED25519)) {
            TokenVerifier verifier = new TokenVerifier(
                    new JsonWebKeySet(ScriptedIssuer.keys(key)).getJsonWebKeys(),
                    ISSUER,
                    TestJwt.AUDIENCE,
                    new ClaimMapping(Claim.of("tenant"), Claim.of("roles"), Set.of()));
            String token = TestJwt.of(ISSUER, "tenant", "member").signedWith(key);
            for (int round = 1; round <= ROUNDS; round++) {
                System.out.printf("%s, round %d: %.0f µs%n", key.algorithm(), round, microseconds(verifier, token));
            }
        }
    }

    private static double microseconds(TokenVerifier verifier, String token) throws Exception {
        long start = THREADS.getCurrentThreadCpuTime();
        int verified = 0;
        while (THREADS.getCurrentThreadCpuTime() - start < ROUND_NANOSECONDS) {
            verifier.verify(token);
            verified++;
        }
        return (THREADS.getCurrentThreadCpuTime() - start) / 1_000.0 / verified;
    }
}
