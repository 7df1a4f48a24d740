"""An issuer of tokens on loopback, for bench/jwt and e2e/jwt. Needs Debian's python3-jwt and python3-cryptography."""
import http.server
import json
import ssl
import threading
import time
import uuid

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm

AUDIENCE = "ember"
DISCOVERY, KEYS = "/.well-known/openid-configuration", "/openid/v1/jwks"
JWK = {"RS": RSAAlgorithm, "PS": RSAAlgorithm, "ES": ECAlgorithm, "Ed": OKPAlgorithm}


def private_key(algorithm):
    if algorithm[:2] in ("RS", "PS"):
        return rsa.generate_private_key(65537, 2048)
    if algorithm == "EdDSA":
        return ed25519.Ed25519PrivateKey.generate()
    return ec.generate_private_key({"ES256": ec.SECP256R1, "ES384": ec.SECP384R1}[algorithm]())


def public_jwk(algorithm, kid, key):
    """Returns a public key as the API server of Kubernetes publishes it."""
    jwk = json.loads(JWK[algorithm[:2]].to_jwk(key.public_key()))
    jwk.pop("key_ops", None)
    return {"use": "sig", "alg": algorithm, "kid": kid, **jwk}


class Issuer:
    """
    Publishes the discovery document and the keys in the form of the API server of Kubernetes. With accepted credentials, it rejects
    requests with others, as that server does. It cannot be reached between stop() and start().
    """

    def __init__(self, port, certificate=None, key=None, host="127.0.0.1"):
        self.port, self.tls = port, None
        if certificate:
            self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.tls.load_cert_chain(certificate, key)
        scheme = "https" if certificate else "http"
        self.url = f"{scheme}://{host}:{port}"
        # The API server names its IP address.
        self.keys_url = f"{scheme}://127.0.0.1:{port}{KEYS}"
        self.keys, self.requests, self.accepted, self.server = {}, [], None, None
        self.overrides = {}

    def add_key(self, algorithm, kid):
        self.keys[kid] = (algorithm, private_key(algorithm))

    def document(self, path):
        if path == DISCOVERY:
            return {"issuer": self.url, "jwks_uri": self.keys_url, "response_types_supported": ["id_token"],
                    "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["RS256"]}
        return {"keys": [public_jwk(algorithm, kid, key) for kid, (algorithm, key) in self.keys.items()]}

    def claims(self, **claims):
        """Returns the claims of a valid token. Arguments replace claims or add them, and None removes one."""
        now = int(time.time())
        valid = {"iss": self.url, "aud": AUDIENCE, "sub": "user-1", "iat": now, "nbf": now, "exp": now + 3600,
                 "jti": str(uuid.uuid4()), **claims}
        return {name: value for name, value in valid.items() if value is not None}

    def sign(self, claims, kid, /, **headers):
        """Signs claims. The name of the key is the kid of the header, unless another one is given."""
        algorithm, key = self.keys[kid]
        return jwt.encode(claims, key, algorithm, headers={"kid": kid, **headers})

    def sign_text(self, text, kid):
        """Signs claims that need not be valid JSON."""
        algorithm, key = self.keys[kid]
        return jwt.api_jws.PyJWS().encode(text, key, algorithm, headers={"kid": kid})

    def public_pem(self, kid):
        return self.keys[kid][1].public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    def token(self, kid=None, **claims):
        return self.sign(self.claims(**claims), kid or next(iter(self.keys)))

    def start(self):
        issuer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 30

            def do_GET(self):
                issuer.requests.append((self.path, self.headers["Authorization"]))
                status, kind, body = issuer.respond(self.path, self.headers)
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Connection", "close")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.server.daemon_threads = True
        if self.tls:
            self.server.socket = self.tls.wrap_socket(self.server.socket, server_side=True)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def respond(self, path, headers):
        if path in self.overrides:
            return self.overrides[path]
        if path not in (DISCOVERY, KEYS):
            return 404, "application/json", b"{}"
        if self.accepted is not None and headers["Authorization"] != f"Bearer {self.accepted}":
            status = {"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure", "reason": "Forbidden", "code": 403,
                      "message": f'forbidden: User "system:anonymous" cannot get path "{path}"'}
            return 403, "application/json", json.dumps(status).encode()
        kind = "application/json" if path == DISCOVERY else "application/jwk-set+json"
        if kind not in headers.get("Accept", "") and "*/*" not in headers.get("Accept", ""):
            return 406, "text/plain", b"406: Not Acceptable"
        return 200, kind, json.dumps(self.document(path)).encode()

    def stop(self):
        if self.server:
            self.server.shutdown()
            self.server.server_close()
            self.server = None
