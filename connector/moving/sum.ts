import { hash } from "node:crypto";

/** How many rows, and a digest of them all, whatever their order. No two of them are alike. */
export interface Sum {
  readonly count: number;
  /** SHA-256 of each row, joined by "exclusive or", in hexadecimal. */
  readonly hash: string;
}

export const NOTHING: Sum = { count: 0, hash: "00".repeat(32) };

export function toSum({ count, hash: before }: Sum, rows: readonly unknown[]): Sum {
  const joined = Buffer.from(before, "hex");
  for (const row of rows) {
    const digest = hash("sha256", JSON.stringify(row), "buffer");
    for (let at = 0; at < joined.length; at += 1) joined[at] = (joined[at] ?? 0) ^ (digest[at] ?? 0);
  }
  return { count: count + rows.length, hash: joined.toString("hex") };
}

export function isSame(a: Sum, b: Sum): boolean {
  return a.count === b.count && a.hash === b.hash;
}
