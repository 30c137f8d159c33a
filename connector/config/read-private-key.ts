import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

export const PRIVATE_KEY_REMEDY =
  "holds no RSA key: put the key there in PEM, from -----BEGIN to the end, or the path of a file with it";

/**
 * The RSA key, in PEM, that stands in `value` or in the file that it names, relative to `folder`. Line ends may be written as
 * \n, as some stores of secrets do. undefined where it is none that can be used.
 */
export function readPrivateKey(value: string, folder: string): string | undefined {
  try {
    const written = value.startsWith("-----BEGIN") ? value : readFileSync(resolve(folder, value), "utf8");
    const key = createPrivateKey(written.replaceAll("\\n", "\n"));
    return key.asymmetricKeyType === "rsa" ? key.export({ type: "pkcs8", format: "pem" }).toString() : undefined;
  } catch {
    return undefined;
  }
}
