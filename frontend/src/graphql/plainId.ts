/** GraphQL's ids carry their type (`Issuer:…`, in base64); REST names the same thing by the UUID alone. */
const UUID = /^[A-Za-z]+:([0-9a-f-]{36})$/;

export function plainId(opaque: string): string {
  try {
    return UUID.exec(atob(opaque.replaceAll("-", "+").replaceAll("_", "/")))?.[1] ?? opaque;
  } catch {
    return opaque;
  }
}
