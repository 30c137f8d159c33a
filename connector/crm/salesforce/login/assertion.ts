import { sign } from "node:crypto";
import type { IsoTime } from "../../../model/glossary.ts";
import type { SignedLogin } from "./app.ts";

/** Salesforce takes one that ends within five minutes; so long our clocks may be apart. */
const VALID_SECONDS = 180;

/** The signed word that we are who we say: a JSON Web Token, good for one login now. */
export function toAssertion(login: SignedLogin, now: IsoTime): string {
  const claims = {
    iss: login.clientId,
    sub: login.username,
    aud: toAudience(login),
    exp: Math.floor(Date.parse(now) / 1000) + VALID_SECONDS,
  };
  const signed = [{ alg: "RS256" }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"));
  const signature = sign("RSA-SHA256", Buffer.from(signed.join(".")), login.privateKey);
  return [...signed, signature.toString("base64url")].join(".");
}

/** Salesforce's own login servers sign for all orgs: one for production, one for copies. */
export function toAudience({ loginUrl, audience }: Pick<SignedLogin, "loginUrl" | "audience">): string {
  if (audience !== undefined) return audience;
  const { hostname, origin } = new URL(loginUrl);
  if (hostname === "test.salesforce.com" || /\.sandbox\.my\.salesforce\.com$/.test(hostname)) {
    return "https://test.salesforce.com";
  }
  return hostname.endsWith(".salesforce.com") ? "https://login.salesforce.com" : origin;
}
