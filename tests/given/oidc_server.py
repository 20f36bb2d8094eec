"""A small OpenID provider on this machine: discovery, keys, and a token endpoint that insists on PKCE."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET, KID = "carreau", "between-us", "key-1"


@dataclass(kw_only=True)
class OidcServer:
    """What it says can be bent by a test: `claims` are merged into the next ID token, `signer` signs it."""

    issuer: str = ""
    key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))
    signer: rsa.RSAPrivateKey | None = None
    claims: dict[str, Any] = field(default_factory=dict)
    now: int = 0
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def authorises(self, location: str, *, subject: str, email: str, verified: bool = True) -> dict[str, str]:
        """What the provider sends the browser back with, after the person agreed."""
        said = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
        assert said["response_type"] == "code"
        assert said["code_challenge_method"] == "S256"
        code = f"code-{len(self.codes)}"
        self.codes[code] = {**said, "sub": subject, "email": email, "verified": str(verified)}
        return {"code": code, "state": said["state"]}

    def answer(self, method: str, path: str, body: str, authorization: str) -> tuple[int, dict[str, Any]]:
        if path == "/.well-known/openid-configuration":
            return 200, {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
            }
        if path == "/keys":
            public = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
            return 200, {"keys": [{**public, "kid": KID, "use": "sig", "alg": "RS256"}]}
        if path == "/token" and method == "POST":
            return self._token(body, authorization)
        return 404, {}

    def _token(self, body: str, authorization: str) -> tuple[int, dict[str, Any]]:
        said = {name: values[0] for name, values in parse_qs(body).items()}
        asked = self.codes.pop(said.get("code", ""), None)
        wanted = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        digest = sha256(said.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if asked is None or authorization != wanted or challenge != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": asked["sub"],
            "nonce": asked["nonce"],
            "iat": self.now,
            "exp": self.now + 300,
            "email": asked["email"],
            "email_verified": asked["verified"] == "True",
            **self.claims,
        }
        token = jwt.encode(claims, self.signer or self.key, algorithm="RS256", headers={"kid": KID})
        return 200, {"id_token": token, "access_token": "x", "token_type": "Bearer"}


@asynccontextmanager
async def an_oidc_server() -> AsyncIterator[OidcServer]:
    """Running on a free port until the end of the block."""
    provider = OidcServer()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {line.partition(":")[0].lower(): line.partition(":")[2].strip() for line in head[1:]}
        body = (await reader.readexactly(int(headers.get("content-length", "0")))).decode()
        method, path, _ = head[0].split(" ")
        status, said = provider.answer(method, path, body, headers.get("authorization", ""))
        content = json.dumps(said).encode()
        writer.write(
            f"HTTP/1.1 {status} X\r\ncontent-type: application/json\r\nconnection: close\r\n"
            f"content-length: {len(content)}\r\n\r\n".encode()
            + content
        )
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    provider.issuer = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server:
        yield provider
