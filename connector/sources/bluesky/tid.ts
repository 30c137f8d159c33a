import { createHash } from "node:crypto";

/** Thirteen characters that sort as the time they say: 53 bits of microseconds, then 10 that tell writers apart. */
const LETTERS = "234567abcdefghijklmnopqrstuvwxyz";
const TID = /^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$/;
const LENGTH = 13;
const WRITER_BITS = 10n;
/** A little more than a second, in microseconds. */
const SPREAD = 1n << 20n;
/** The last microsecond of which there are names. */
const LAST_MICROS = (1n << 54n) - 1n;

export function isTid(name: string): boolean {
  return TID.test(name);
}

/** When it was made, in microseconds since 1970; undefined: it is no TID. */
export function toMicros(tid: string): number | undefined {
  return TID.test(tid) ? Number(toNumber(tid) >> WRITER_BITS) : undefined;
}

/**
 * The same for the same key and post, for ever: a name within the second after the answered post's own, or within the last
 * second of all where there is none after it.
 */
export function toReplyTid(key: string, answered: string): string | undefined {
  if (!TID.test(answered)) return undefined;
  const digest = createHash("sha256").update(key).digest().readBigUInt64BE(0);
  const answeredMicros = toNumber(answered) >> WRITER_BITS;
  const latest = LAST_MICROS - SPREAD;
  const micros = (answeredMicros < latest ? answeredMicros : latest) + 1n + ((digest >> WRITER_BITS) % SPREAD);
  return toTid((micros << WRITER_BITS) | (digest & ((1n << WRITER_BITS) - 1n)));
}

/** The TID of an instant in milliseconds, from which everything of that instant on sorts later. */
export function toTidOf(ms: number): string {
  return toTid((BigInt(Math.trunc(ms)) * 1000n) << WRITER_BITS);
}

function toNumber(tid: string): bigint {
  return Array.from(tid).reduce((number, letter) => (number << 5n) | BigInt(LETTERS.indexOf(letter)), 0n);
}

function toTid(number: bigint): string {
  return Array.from(
    { length: LENGTH },
    (_, at) => LETTERS[Number((number >> BigInt(5 * (LENGTH - 1 - at))) & 31n)],
  ).join("");
}
