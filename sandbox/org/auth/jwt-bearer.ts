import { createPublicKey, verify } from "node:crypto";
import { z } from "zod";
import type { Actor } from "../access.ts";
import type { Store } from "../store.ts";
import type { ClientApps } from "./client-apps.ts";

export const jwtGrant = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/** Why a login is refused, as the token endpoint says it. */
export interface OAuthRefusal {
  readonly error: string;
  readonly description: string;
}

interface JwtParts {
  readonly store: Store;
  readonly apps: ClientApps;
  readonly now: () => number;
  /** Where the org itself is asked: its My Domain. */
  readonly ownUrl: string;
}

const header = z.object({ alg: z.literal("RS256") });
const claims = z.object({
  iss: z.string(),
  sub: z.string(),
  aud: z.string(),
  exp: z.coerce.number().int().positive(),
});

/** Salesforce allows for clocks that differ. */
const skewMs = 3 * 60_000;

const invalidAssertion = { error: "invalid_grant", description: "invalid assertion" };

/** Whom the assertion logs in. */
export function toJwtUser(parts: JwtParts, assertion: string): Actor | OAuthRefusal {
  const [head = "", body = "", signature = ""] = assertion.split(".");
  const said = claims.safeParse(toJson(body));
  if (!header.safeParse(toJson(head)).success || !said.success) return invalidAssertion;
  const { iss, sub, aud, exp } = said.data;
  const app = parts.apps.find(iss);
  if (app === undefined) return { error: "invalid_client_id", description: "client identifier invalid" };
  if (app.certificate === undefined) return { error: "invalid_client", description: "invalid client credentials" };
  const key = createPublicKey(app.certificate);
  const isSigned = verify("sha256", Buffer.from(`${head}.${body}`), key, Buffer.from(signature, "base64url"));
  if (!isSigned) return invalidAssertion;
  if (!isAudience(aud, parts.ownUrl)) return { error: "invalid_grant", description: "audience is invalid" };
  if (parts.now() >= exp * 1000 + skewMs) return { error: "invalid_grant", description: "expired authorization code" };
  const user = parts.store.actor(sub);
  if (user !== undefined && app.users.includes(user.username)) return user;
  return app.permittedUsers === "admin"
    ? { error: "invalid_app_access", description: "user is not admin approved to access this app" }
    : { error: "invalid_grant", description: "user hasn't approved this consumer" };
}

function isAudience(aud: string, ownUrl: string): boolean {
  const known = [ownUrl, "https://login.salesforce.com", "https://test.salesforce.com"];
  return known.includes(aud.replace(/\/$/, ""));
}

function toJson(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString());
  } catch {
    return undefined;
  }
}
