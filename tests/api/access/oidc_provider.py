"""A provider of single sign-on as a process of its own: ``python -m tests.api.access.oidc_provider``, on the loopback.

It knows one client and one person, checks what a provider must (PKCE, the client's secret, that a code is used once),
and signs with a real RSA key. ``POST /behave`` lets it do something wrong with the next tokens.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT, SECRET = "matcher", "not-a-secret-of-anybody"


class Provider:
    """What it knows."""

    def __init__(self) -> None:
        self.url = ""
        self.key = RSAKey.generate_key(2048, {"kid": "first", "use": "sig"}, private=True)
        self.stranger = RSAKey.generate_key(2048, {"kid": "first", "use": "sig"}, private=True)
        self.codes: dict[str, dict[str, str]] = {}
        self.behave: dict[str, Any] = {}
        self.asked: list[str] = []

    def configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.behave.get("issuer", self.url),
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": [self.behave.get("auth", "client_secret_basic")],
        }

    def authorize(self, query: dict[str, str]) -> str:
        """Return where the browser is sent back to: the person has logged in here."""
        assert query["response_type"] == "code"
        assert query["client_id"] == CLIENT
        assert "openid" in query["scope"].split()
        assert query["code_challenge_method"] == "S256"
        if "error" in self.behave:
            return f"{query['redirect_uri']}?{urlencode({'error': self.behave['error'], 'state': query['state']})}"
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        return (
            f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state'], 'iss': self.url})}"
        )

    def token(self, form: dict[str, str], header: str) -> tuple[int, dict[str, Any]]:
        """Return a status and the tokens for a code."""
        if self.behave.get("auth") == "client_secret_post":
            is_client = (form.get("client_id"), form.get("client_secret")) == (CLIENT, SECRET)
        else:
            wanted = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
            is_client = header == f"Basic {wanted}"
        asked = self.codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if not is_client:
            return 401, {"error": "invalid_client"}
        if (
            asked is None
            or asked["code_challenge"] != challenge
            or asked["redirect_uri"] != form["redirect_uri"]
        ):
            return 400, {"error": "invalid_grant"}
        access = secrets.token_urlsafe(16)
        return 200, {
            "access_token": access,
            "token_type": "Bearer",
            "id_token": self._id_token(asked, access),
        }

    def _id_token(self, asked: dict[str, str], access: str) -> str:
        now = int(time.time())
        half = hashlib.sha256(access.encode()).digest()[:16]
        claims = {
            "iss": self.url,
            "sub": "248289761001",
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            "at_hash": base64.urlsafe_b64encode(half).rstrip(b"=").decode(),
            "preferred_username": "示例用户丙",
            **self.behave.get("claims", {}),
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        how = self.behave.get("sign", "")
        if how == "none":
            head, body = (base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()
                          for part in ({"alg": "none", "typ": "JWT"}, claims))  # fmt: skip
            return f"{head}.{body}."
        if how == "secret":
            return jwt.encode({"alg": "HS256", "kid": "first"}, claims, OctKey.import_key(SECRET * 2))
        if how == "renewed":
            self.key = RSAKey.generate_key(2048, {"kid": secrets.token_hex(4), "use": "sig"}, private=True)
            self.behave = {}
        key = self.stranger if how == "stranger" else self.key
        return jwt.encode(
            {"alg": "RS256", "kid": self.key.kid}, claims, key
        )  # a stranger uses the name of the real key


PROVIDER = Provider()


class Handler(BaseHTTPRequestHandler):
    """Answers for the provider."""

    def do_GET(self) -> None:
        path = urlsplit(self.path)
        if path.path != "/asked":
            PROVIDER.asked.append(path.path)
        if PROVIDER.behave.get("broken") == path.path:
            self._answer(500, {})
        elif path.path == "/.well-known/openid-configuration":
            self._answer(200, PROVIDER.configuration())
        elif path.path == "/keys":
            self._answer(200, {"keys": [PROVIDER.key.as_dict(private=False)]})
        elif path.path == "/authorize":
            query = {name: values[0] for name, values in parse_qs(path.query).items()}
            self._answer(302, {}, Location=PROVIDER.authorize(query))
        elif path.path == "/asked":
            self._answer(200, {"asked": PROVIDER.asked})
        else:
            self._answer(404, {})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.path == "/behave":
            PROVIDER.behave = json.loads(body)
            self._answer(200, {})
        elif PROVIDER.behave.get("broken") == self.path:
            self._answer(500, {})
        elif self.path == "/token":
            form = {name: values[0] for name, values in parse_qs(body).items()}
            self._answer(*PROVIDER.token(form, self.headers.get("Authorization", "")))
        else:
            self._answer(404, {})

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def _answer(self, status: int, document: dict[str, Any], **headers: str) -> None:
        body = json.dumps(document).encode()
        self.send_response(status)
        for name, value in {
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
            **headers,
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def main() -> None:
    """Serve until killed; the first line that is said is the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    PROVIDER.url = f"http://127.0.0.1:{server.server_address[1]}"
    sys.stdout.write(f"{PROVIDER.url}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main()
