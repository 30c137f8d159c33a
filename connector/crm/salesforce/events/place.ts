import type { Clock } from "../../../clock.ts";
import { Unavailable } from "../../../errors.ts";

/** Where we stand in the stream survives the process, by these. */
export interface KeptPlace {
  kept(): Promise<string | undefined>;
  /** undefined: forget it. */
  keep(place: string | undefined): Promise<void>;
}

/** Where we stand in the stream. */
export interface Place {
  readonly replayId: Uint8Array | undefined;
  /** Kept now and then: standing a little before where we are repeats some hints, and that is all. */
  moveTo(replayId: Uint8Array | undefined): Promise<void>;
  /** Kept now. */
  rest(): Promise<void>;
}

const KEEP_EVERY_MS = 10_000;

export async function openPlace(by: KeptPlace, clock: Clock): Promise<Place> {
  const before = await orNot(by.kept());
  let replayId: Uint8Array | undefined = before === undefined ? undefined : Buffer.from(before, "base64");
  let standing = before;
  let keptMs = -Infinity;

  async function rest(): Promise<void> {
    const now = replayId === undefined ? undefined : Buffer.from(replayId).toString("base64");
    if (now === standing) return;
    keptMs = clock.monotonicMs();
    await orNot(by.keep(now).then(() => (standing = now)));
  }

  return {
    get replayId() {
      return replayId;
    },
    async moveTo(to) {
      replayId = to;
      if (to === undefined || clock.monotonicMs() - keptMs >= KEEP_EVERY_MS) await rest();
    },
    rest,
  };
}

/** Where it cannot be kept now, the next one may. */
async function orNot<T>(kept: Promise<T>): Promise<T | undefined> {
  return await kept.catch((error: unknown) => {
    if (error instanceof Unavailable) return undefined;
    throw error;
  });
}
