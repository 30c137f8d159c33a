import { z } from "zod";
import type { Clock } from "../clock.ts";
import { Disconnected, Unavailable } from "../errors.ts";
import { toAskedMs } from "../flow/retry.ts";
import type { IsoTime } from "../model/glossary.ts";
import { seal, unseal } from "./sealed.ts";
import type { TokenStore } from "./token.ts";

/** What is kept of it: nothing that tells who we are. */
const Kept = z.object({
  refusal: z.object({
    message: z.string(),
    remedy: z.string().optional(),
    at: z.iso.datetime(),
    untilMs: z.number(),
  }),
});
type Kept = z.infer<typeof Kept>["refusal"];

/** What a network refuses us is not asked again before that may help: networks count logins, and lock out who tries often. */
export interface Refusals {
  /** Throws the last refusal while it holds. */
  check(): Promise<void>;
  /** Keeps what came of an attempt, where that names how long to wait. Never throws. */
  note(error: unknown): Promise<void>;
}

export interface RefusalsOptions {
  /** With what we were refused: with anything else we may try. */
  readonly secret: string;
  /** Where it survives a restart; what else is kept there is overwritten. */
  readonly store: TokenStore;
  readonly clock: Clock;
}

export function openRefusals({ secret, store, clock }: RefusalsOptions): Refusals {
  let last: Kept | undefined;
  let hasRead = false;
  return {
    check: async () => {
      if (!hasRead) last ??= await readKept(store, secret);
      hasRead = true;
      const nowMs = Date.parse(clock.now());
      const leftMs = (last?.untilMs ?? 0) - nowMs;
      // A clock that was set back must not lock us out for long.
      if (last !== undefined && leftMs > 0 && nowMs >= Date.parse(last.at)) throw toError(last, leftMs);
    },
    note: async (error) => {
      if (!(error instanceof Unavailable) || error.retryAfterMs === undefined) return;
      const at = clock.now();
      const untilMs = Date.parse(at) + toAskedMs(error.retryAfterMs);
      const remedy = error instanceof Disconnected ? error.remedy : undefined;
      last = { message: error.message, ...(remedy === undefined ? {} : { remedy }), at, untilMs };
      hasRead = true;
      // Where it cannot be kept the next start asks once more, and no harm is done.
      await store.write(seal(JSON.stringify({ refusal: last }), secret)).catch(() => undefined);
    },
  };
}

async function readKept(store: TokenStore, secret: string): Promise<Kept | undefined> {
  const sealed = await store.read();
  const text = sealed === undefined ? undefined : unseal(sealed, secret);
  return text === undefined ? undefined : Kept.safeParse(JSON.parse(text)).data?.refusal;
}

function toError({ message, remedy, at, untilMs }: Kept, leftMs: number): Unavailable {
  const words = `${message} (it did at ${at}, and is asked again after ${toIso(untilMs)} or with other credentials)`;
  const options = { retryAfterMs: leftMs };
  return remedy === undefined ? new Unavailable(words, options) : new Disconnected(words, { ...options, remedy });
}

function toIso(ms: number): IsoTime {
  return new Date(ms).toISOString();
}
