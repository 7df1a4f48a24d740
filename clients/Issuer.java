import com.sun.net.httpserver.HttpServer;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;

/**
 * An issuer of tokens on loopback, for clients/run: java Issuer.java TENANT. Prints its address and a token on one line, and serves its
 * keys until its input ends.
 */
public final class Issuer {

    public static void main(String... arguments) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2_048);
        KeyPair pair = generator.generateKeyPair();
        RSAPublicKey key = (RSAPublicKey) pair.getPublic();

        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String address = "http://127.0.0.1:" + server.getAddress().getPort();
        serve(server, "/.well-known/openid-configuration", "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\"}".formatted(address, address));
        serve(server, "/keys", "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"1\",\"n\":\"%s\",\"e\":\"%s\"}]}"
                .formatted(encode(unsigned(key.getModulus())), encode(unsigned(key.getPublicExponent()))));
        server.start();

        String claims = "{\"iss\":\"%s\",\"aud\":\"ember\",\"sub\":\"client\",\"exp\":%d,\"tenant\":\"%s\",\"roles\":[\"member\"]}"
                .formatted(address, System.currentTimeMillis() / 1_000 + 3_600, arguments[0]);
        String input = encode("{\"alg\":\"RS256\",\"kid\":\"1\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + encode(claims.getBytes(StandardCharsets.UTF_8));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(pair.getPrivate());
        signature.update(input.getBytes(StandardCharsets.UTF_8));
        System.out.println(address + " " + input + "." + encode(signature.sign()));

        while (System.in.read() >= 0) {}
        server.stop(0);
    }

    private static void serve(HttpServer server, String path, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    /** Without the byte that has the sign only. */
    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
