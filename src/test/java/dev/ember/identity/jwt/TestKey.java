package dev.ember.identity.jwt;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Locale;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/** Keys of an issuer, which sign with the JDK. */
enum TestKey {
    RSA("RS256", "RSA", rsa(2_048), "SHA256withRSA"),
    RSA_384("RS384", "RSA", rsa(2_048), "SHA384withRSA"),
    RSA_512("RS512", "RSA", rsa(2_048), "SHA512withRSA"),
    RSA_PSS("PS256", "RSA", rsa(2_048), "RSASSA-PSS"),
    EC("ES256", "EC", new ECGenParameterSpec("secp256r1"), "SHA256withECDSAinP1363Format"),
    EC_384("ES384", "EC", new ECGenParameterSpec("secp384r1"), "SHA384withECDSAinP1363Format"),
    ED25519("EdDSA", "Ed25519", null, "Ed25519"),

    /** The issuer does not publish it. */
    UNPUBLISHED("RS256", "RSA", rsa(2_048), "SHA256withRSA"),
    /** Too short. */
    RSA_1024("RS256", "RSA", rsa(1_024), "SHA256withRSA"),
    /** For an algorithm that is not permitted. */
    EC_521("ES512", "EC", new ECGenParameterSpec("secp521r1"), "SHA512withECDSAinP1363Format");

    private final String algorithm;
    private final String type;
    private final AlgorithmParameterSpec parameters;
    private final String signature;

    TestKey(String algorithm, String type, AlgorithmParameterSpec parameters, String signature) {
        this.algorithm = algorithm;
        this.type = type;
        this.parameters = parameters;
        this.signature = signature;
    }

    private static AlgorithmParameterSpec rsa(int bits) {
        return new RSAKeyGenParameterSpec(bits, RSAKeyGenParameterSpec.F4);
    }

    /** The value of {@code alg}. */
    String algorithm() {
        return algorithm;
    }

    /** The value of {@code kid}. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The public key as an issuer publishes it. */
    String jwk() {
        return jwk(id());
    }

    String jwk(String id) {
        try {
            PublicJsonWebKey key = PublicJsonWebKey.Factory.newPublicJwk(pair().getPublic());
            key.setKeyId(id);
            key.setAlgorithm(algorithm);
            key.setUse("sig");
            return key.toJson();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    byte[] sign(byte[] input) {
        try {
            Signature signer = Signature.getInstance(signature);
            if (signature.equals("RSASSA-PSS")) {
                signer.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            }
            signer.initSign(pair().getPrivate());
            signer.update(input);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The pair of this JVM, in a system property, because the issuer and the tests have different class loaders. */
    KeyPair pair() {
        synchronized (System.getProperties()) {
            try {
                String property = "test-key." + name();
                if (System.getProperty(property) == null) {
                    System.setProperty(property, generate());
                }
                String[] parts = System.getProperty(property).split(" ");
                KeyFactory factory = KeyFactory.getInstance(type);
                PublicKey publicKey = factory.generatePublic(
                        new X509EncodedKeySpec(Base64.getDecoder().decode(parts[0])));
                PrivateKey privateKey = factory.generatePrivate(
                        new PKCS8EncodedKeySpec(Base64.getDecoder().decode(parts[1])));
                return new KeyPair(publicKey, privateKey);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private String generate() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
        if (parameters != null) {
            generator.initialize(parameters);
        }
        KeyPair pair = generator.generateKeyPair();
        return Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()) + " "
                + Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded());
    }
}
