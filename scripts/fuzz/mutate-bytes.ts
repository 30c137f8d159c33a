import type { Chance } from "./random.ts";

type Change = (bytes: Buffer, chance: Chance) => Buffer;

const flipBits: Change = (bytes, chance) => {
  const changed = Buffer.from(bytes);
  for (let n = chance.below(8); n >= 0 && changed.length > 0; n--) {
    const at = chance.below(changed.length);
    changed[at] = (changed[at] ?? 0) ^ (1 << chance.below(8));
  }
  return changed;
};

const cutOut: Change = (bytes, chance) => {
  const [from, length] = [chance.below(bytes.length + 1), chance.below(50)];
  return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + length)]);
};

const putIn: Change = (bytes, chance) => {
  const at = chance.below(bytes.length + 1);
  const piece = Buffer.from(Array.from({ length: 1 + chance.below(20) }, () => chance.below(256)));
  return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);
};

const repeat: Change = (bytes, chance) => {
  const from = chance.below(bytes.length + 1);
  const piece = bytes.subarray(from, from + chance.below(100));
  return Buffer.concat([bytes.subarray(0, from), piece, piece, bytes.subarray(from)]);
};

const truncate: Change = (bytes, chance) => bytes.subarray(0, chance.below(bytes.length + 1));
const empty: Change = () => Buffer.alloc(0);
const asUtf16: Change = (bytes) => Buffer.from(`\ufeff${bytes.toString()}`, "utf16le");
const asLatin1: Change = (bytes) => Buffer.from(bytes.toString(), "latin1");
const behindMark: Change = (bytes) => Buffer.concat([Buffer.from("\ufeff"), bytes]);
const beforeNothing: Change = (bytes) => Buffer.concat([bytes, Buffer.alloc(5)]);
const spaced: Change = (bytes, chance) => Buffer.concat([Buffer.alloc(chance.below(70_000), " \n\t"), bytes]);
const twice: Change = (bytes) => Buffer.concat([bytes, bytes]);
/** At the limit, or a byte beyond. It takes long, so it is rare. */
const atTheLimit: Change = (bytes, chance) =>
  chance.oneIn(20)
    ? Buffer.concat([bytes, Buffer.alloc(Math.max(0, 2 ** 20 + chance.below(2) - bytes.length), " ")])
    : bytes;

const CHANGES: readonly [Change, ...Change[]] = [
  flipBits,
  cutOut,
  putIn,
  repeat,
  truncate,
  empty,
  asUtf16,
  asLatin1,
  behindMark,
  beforeNothing,
  spaced,
  twice,
  atTheLimit,
];

/** Bytes of which some are other than they were. */
export function mutateBytes(bytes: Buffer, chance: Chance): Buffer {
  return chance.pick(CHANGES)(bytes, chance);
}
