import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { Refused } from "../../errors.ts";
import type { IsoTime } from "../../model/glossary.ts";
import type { RawRequest } from "../source.ts";

/** How far the sender's clock and ours may be apart, either way. An older delivery may be a recorded one. */
const TOLERANCE_S = 5 * 60;
/** A sender that changes its secret signs twice; this is room for many more. */
const LONGEST_SIGNATURES = 2_000;

/** A full stop would let one part of what is signed pass for another. */
const ID = /^[\w!#$%&'*+/:;<=>?@^`|~-]{1,256}$/;
const SECONDS = /^\d{1,11}$/;

/**
 * Was this very body signed with one of the secrets, just now? As Standard Webhooks says: HMAC-SHA256 over
 * `<id>.<timestamp>.<raw body>`. Throws `Refused`; the time it takes tells nothing of the right signature.
 */
export function verify({ headers, body }: RawRequest, secrets: readonly Buffer[], now: IsoTime): void {
  const id = headers["webhook-id"] ?? "";
  const timestamp = headers["webhook-timestamp"] ?? "";
  const given = headers["webhook-signature"] ?? "";
  if (!ID.test(id))
    throw new Refused(400, "The header webhook-id must be 1 to 256 printable characters, no full stop.");
  if (!SECONDS.test(timestamp))
    throw new Refused(400, "The header webhook-timestamp must be the time in whole seconds since 1970.");
  if (given === "" || given.length > LONGEST_SIGNATURES)
    throw new Refused(401, "The header webhook-signature must hold `v1,` and a signature in base64.");
  const signed = secrets.map((secret) => `v1,${toSignature(secret, { id, timestamp, body })}`);
  if (!isAnyOf(signed, given.split(" ")))
    throw new Refused(401, "The signature does not fit: check the secret, and sign the very bytes that you send.");
  if (Math.abs(Date.parse(now) / 1000 - Number(timestamp)) > TOLERANCE_S)
    throw new Refused(
      401,
      "The header webhook-timestamp is more than five minutes away from our clock: set the sender's clock by the network, " +
        "and sign a repeated delivery anew with the time of the repetition.",
    );
}

/** In base64, without the version before it. */
export function toSignature(
  secret: Buffer,
  signed: { readonly id: string; readonly timestamp: string; readonly body: Uint8Array },
): string {
  return createHmac("sha256", secret).update(`${signed.id}.${signed.timestamp}.`).update(signed.body).digest("base64");
}

/** Each is compared with each, and none of it ends early. */
function isAnyOf(signed: readonly string[], given: readonly string[]): boolean {
  let found = false;
  for (const one of signed) for (const other of given) found = isSame(one, other) || found;
  return found;
}

/** Digests are equally long, whatever was given. */
function isSame(one: string, other: string): boolean {
  return timingSafeEqual(toDigest(one), toDigest(other));
}

function toDigest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
