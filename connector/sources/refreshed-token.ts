import { createHash } from "node:crypto";
import { z } from "zod";
import type { Clock } from "../clock.ts";
import { Unavailable } from "../errors.ts";
import { seal, unseal } from "./sealed.ts";
import type { Grant, RefreshAccess, Token, TokenStore } from "./token.ts";

/** Refreshed when this share of its life is over. */
const DUE_AFTER = 0.75;
/** A refresh ahead of time that failed is not tried again at every question. */
const PAUSE_MS = 60_000;
/** Whoever may refresh has done so by then, mostly. */
const ELSEWHERE_MS = 5_000;

const Standing = z.object({
  accessToken: z.string().min(1),
  refreshToken: z.string().min(1),
  /** Milliseconds since 1970; absent: the network did not say, a refusal will tell. */
  dueMs: z.number().optional(),
  expiresMs: z.number().optional(),
  /** A digest of the tokens that the operator gave us: these are their descendants. */
  origin: z.string(),
});
type Standing = z.infer<typeof Standing>;

export interface RefreshedTokenOptions {
  /** As the operator gave them: where they have changed, they count and not what was stored. */
  readonly given: { readonly accessToken: string; readonly refreshToken: string };
  /** The stored tokens are sealed with it. */
  readonly secret: string;
  readonly store: TokenStore;
  readonly refresh: RefreshAccess;
  /** false: another process refreshes it, and we wait for what that stores. Asked each time; absent: we may. */
  readonly mayRefresh?: (() => boolean) | undefined;
  readonly clock: Clock;
}

/**
 * A token that is refreshed before it runs out, and when it is refused; once for all who ask meanwhile. What was refreshed is
 * durable before it is used, for the network may take the old refresh token no more. What another process has stored
 * meanwhile counts; `Unavailable` while only that process may refresh. Disposing waits for a refresh under way.
 */
export async function openRefreshedToken(options: RefreshedTokenOptions): Promise<Token> {
  const { clock, secret, store, refresh, mayRefresh = () => true } = options;
  let standing = await readStanding(options);
  let unsaved: Standing | undefined;
  let underWay: Promise<void> | undefined;
  let pausedUntilMs = 0;

  const adopt = async (): Promise<boolean> => {
    const stored = await readStanding(options);
    if (stored.accessToken === standing.accessToken || stored.accessToken === options.given.accessToken) return false;
    standing = stored;
    unsaved = undefined;
    return true;
  };
  const exchange = async (): Promise<void> => {
    if (await adopt()) return;
    if (!mayRefresh())
      throw new Unavailable("The token of our account is refreshed by another connector", {
        retryAfterMs: ELSEWHERE_MS,
      });
    unsaved ??= toStanding(await refresh(standing.refreshToken), standing.origin, clock);
    await store.write(seal(JSON.stringify(unsaved), secret));
    standing = unsaved;
    unsaved = undefined;
  };
  const exchangeOnce = (): Promise<void> => (underWay ??= exchange().finally(() => (underWay = undefined)));

  return {
    current: async () => {
      const now = Date.parse(clock.now());
      const isOver = now >= (standing.expiresMs ?? Infinity);
      const isDue = now >= (standing.dueMs ?? Infinity) && clock.monotonicMs() >= pausedUntilMs;
      if (isOver) await exchangeOnce();
      else if (isDue)
        await exchangeOnce().catch(() => {
          // The one we have still holds: why there is no other will be told when it does not.
          pausedUntilMs = clock.monotonicMs() + PAUSE_MS;
        });
      return standing.accessToken;
    },
    renew: async (refused) => {
      if (standing.accessToken === refused) await exchangeOnce();
      return standing.accessToken;
    },
    [Symbol.asyncDispose]: async () => {
      await underWay?.catch(() => undefined);
    },
  };
}

async function readStanding({ given, secret, store }: RefreshedTokenOptions): Promise<Standing> {
  const origin = createHash("sha256")
    .update(JSON.stringify([given.accessToken, given.refreshToken]))
    .digest("hex");
  const sealed = await store.read();
  const text = sealed === undefined ? undefined : unseal(sealed, secret);
  const stored = text === undefined ? undefined : Standing.safeParse(JSON.parse(text)).data;
  return stored?.origin === origin ? stored : { ...given, origin };
}

function toStanding({ accessToken, refreshToken, livesMs }: Grant, origin: string, clock: Clock): Standing {
  const tokens = { accessToken, refreshToken, origin };
  if (livesMs === undefined) return tokens;
  const nowMs = Date.parse(clock.now());
  return { ...tokens, dueMs: nowMs + livesMs * DUE_AFTER, expiresMs: nowMs + livesMs };
}
