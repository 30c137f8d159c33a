import { Misconfigured } from "../../errors.ts";

const PREFIX = "whsec_";
/** What the standard asks for, in bytes. */
const SHORTEST = 24;
const LONGEST = 64;

/**
 * The keys of signatures. Several, with spaces or commas between, are all taken: so a secret is changed without a pause.
 * Throws `Misconfigured`, which never repeats a secret; `variable` names where it stands.
 */
export function toSecrets(text: string, variable: string): readonly Buffer[] {
  const words = text.split(/[\s,]+/u).filter((word) => word !== "");
  if (words.length === 0) throw new Misconfigured(`${variable} holds no secret. ${REMEDY}`);
  return words.map((word) => toSecret(word, variable));
}

const REMEDY = `Make one with: node -p '"whsec_" + crypto.randomBytes(32).toString("base64")', and give the sender the same.`;

function toSecret(word: string, variable: string): Buffer {
  const base64 = word.startsWith(PREFIX) ? word.slice(PREFIX.length) : "";
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64))
    throw new Misconfigured(`${variable} must be written whsec_… in base64, as Standard Webhooks says. ${REMEDY}`);
  const secret = Buffer.from(base64, "base64");
  if (secret.length < SHORTEST || secret.length > LONGEST)
    throw new Misconfigured(
      `${variable} must be ${SHORTEST} to ${LONGEST} bytes long and is ${secret.length}. ${REMEDY}`,
    );
  return secret;
}
