/** A post of the simulated day: when it is heard, and whether it may need a response. */
export interface Said {
  readonly atMs: number;
  readonly urgent: boolean;
  /** Its author's, of sixteen. */
  readonly partition: number;
}

export interface DayOfPosts {
  readonly hours: number;
  readonly perSecond: number;
  /** Of all posts. */
  readonly urgentShare: number;
  /** Every so many hours so many posts come within a minute beside the others; 0: never. */
  readonly burstEveryHours: number;
  readonly burstPosts: number;
}

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const PARTITIONS = 16;

/** The posts of such a day in their order, with gaps between them as chance makes them; the same ones every time. */
export function toPosts({ hours, perSecond, urgentShare, burstEveryHours, burstPosts }: DayOfPosts): readonly Said[] {
  const random = toRandom(7);
  const say = (atMs: number): Said => ({
    atMs,
    urgent: random() < urgentShare,
    partition: Math.floor(random() * PARTITIONS),
  });
  const endMs = hours * HOUR_MS;
  const steady: Said[] = [];
  for (let atMs = 0; ;) {
    atMs += (-Math.log(1 - random()) * 1000) / perSecond;
    if (atMs >= endMs) break;
    steady.push(say(atMs));
  }
  const starts = burstEveryHours === 0 ? [] : range(Math.ceil(hours / burstEveryHours) - 1);
  const bursts = starts.flatMap((n) =>
    range(burstPosts).map(() => say((n + 1) * burstEveryHours * HOUR_MS + random() * MINUTE_MS)),
  );
  return [...steady, ...bursts].sort((one, other) => one.atMs - other.atMs);
}

function range(length: number): readonly number[] {
  return Array.from({ length }, (_, index) => index);
}

/** Mulberry32: numbers that look random and are the same every time. */
export function toRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
