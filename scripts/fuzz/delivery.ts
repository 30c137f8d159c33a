import { createHmac } from "node:crypto";

/** A delivery as a sender would put it on the wire, or as somebody would who is none. */
export interface Wire {
  /** Names and values in turn, as they are written. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

export const SECRET = Buffer.from("this is the secret of the fuzz");
const NOW_S = 1_772_442_000;
export const NOW = new Date(NOW_S * 1000).toISOString();
const WINDOW_S = 300;

export function sign(body: Buffer, { id = "msg_1", seconds = NOW_S, secret = SECRET } = {}): Wire {
  const signature = toSignature(secret, id, String(seconds), body);
  return {
    headers: [
      ["content-type", "application/json"],
      ["webhook-id", id],
      ["webhook-timestamp", String(seconds)],
      ["webhook-signature", `v1,${signature}`],
    ],
    body,
  };
}

function toSignature(secret: Buffer, id: string, seconds: string, body: Buffer): string {
  const hash = createHmac("sha256", secret);
  hash.update(id).update(".").update(seconds).update(".").update(body);
  return hash.digest("base64");
}

/** Was it signed with our secret, for these very bytes, within the window? Told apart from how the connector does it. */
export function isSigned({ headers, body }: Wire): boolean {
  const values = (wanted: string) =>
    headers.filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => value);
  const [id, seconds, signatures] = ["webhook-id", "webhook-timestamp", "webhook-signature"].map(values);
  if (id?.length !== 1 || seconds?.length !== 1 || signatures?.length !== 1) return false;
  const right = `v1,${toSignature(SECRET, id[0] ?? "", seconds[0] ?? "", body)}`;
  const isFresh = Math.abs(Number(seconds[0]) - NOW_S) <= WINDOW_S;
  return isFresh && (signatures[0] ?? "").split(" ").includes(right);
}
