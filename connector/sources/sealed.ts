import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const KIND = "aes-256-gcm";
const FORM = "1";
const PURPOSE = "earshot token";
const SALT_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The text as nobody reads it who does not know the secret. Twice the same text is sealed differently. */
export function seal(text: string, secret: string): string {
  const salt = randomBytes(SALT_BYTES);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(KIND, toCipherKey(secret, salt), nonce, { authTagLength: TAG_BYTES });
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return `${FORM}.${Buffer.concat([salt, nonce, cipher.getAuthTag(), sealed]).toString("base64url")}`;
}

/** undefined: sealed with another secret, or changed since. */
export function unseal(sealed: string, secret: string): string | undefined {
  const [form, body = ""] = sealed.split(".");
  const bytes = Buffer.from(body, "base64url");
  const [nonceAt, tagAt, textAt] = [SALT_BYTES, SALT_BYTES + NONCE_BYTES, SALT_BYTES + NONCE_BYTES + TAG_BYTES];
  if (form !== FORM || bytes.length < textAt) return undefined;
  const key = toCipherKey(secret, bytes.subarray(0, nonceAt));
  const decipher = createDecipheriv(KIND, key, bytes.subarray(nonceAt, tagAt), { authTagLength: TAG_BYTES });
  decipher.setAuthTag(bytes.subarray(tagAt, textAt));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(textAt)), decipher.final()]).toString("utf8");
  } catch {
    return undefined;
  }
}

function toCipherKey(secret: string, salt: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", secret, salt, PURPOSE, 32));
}
