/** How a program uses what it was given: commands that can be copied. Code is the same in every language. */

export interface NewClient {
  readonly client_id: string;
  readonly private_jwk: Readonly<Record<string, string>>;
}

/** The file a program is given: its name, where it signs in (as the server is called outside, and expects), its key. */
export function keyFile(tokenEndpoint: string, made: NewClient): string {
  return `${JSON.stringify({ client_id: made.client_id, token_url: tokenEndpoint, private_jwk: made.private_jwk }, null, 2)}\n`;
}

export function clientExample(tokenEndpoint: string): string {
  return `# pip install "pyjwt[crypto]"
ASSERTION=$(python3 - <<'END'
import json, jwt, time, uuid
given = json.load(open("carreau-client.json"))
now = int(time.time())
print(jwt.encode(
    {"iss": given["client_id"], "sub": given["client_id"], "aud": given["token_url"],
     "exp": now + 120, "iat": now, "jti": str(uuid.uuid4())},
    jwt.PyJWK(given["private_jwk"]).key, algorithm="EdDSA"))
END
)
curl ${tokenEndpoint} -d grant_type=client_credentials \\
  -d client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer \\
  -d client_assertion="$ASSERTION"`;
}

export function tokenExample(origin: string): string {
  return `curl ${origin}/api/v1/invoices -H "Authorization: Bearer $CARREAU_TOKEN"`;
}
