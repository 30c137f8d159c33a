import type { Clock } from "../../clock.ts";
import { Disconnected } from "../../errors.ts";
import { toDisconnected } from "../asking/client.ts";
import { Declined } from "../asking/declined.ts";
import { toFailure } from "../asking/failure.ts";
import { request } from "../asking/request.ts";
import { openRefreshedToken } from "../refreshed-token.ts";
import { openRefusals } from "../refusal.ts";
import type { Grant, Token, TokenStore } from "../token.ts";
import { toRequest } from "./question.ts";
import type { Question } from "./question.ts";
import { WireClaims, WireGrant } from "./schema.ts";
import { toShutOut } from "./shut-out.ts";

/** Only a person can mend it, in their own time; and an account may begin but three hundred sessions a day. */
const ASK_AGAIN_MS = 10 * 60_000;
/** Stands where no session was begun yet. */
const NONE = "none";

const LOCKED_OUT = "Log in to Bluesky as this account and do what it asks for.";

/** What lets us in as our account. */
export interface Access {
  /** Our handle, or the account's DID. */
  readonly handle: string;
  /** An app password. */
  readonly password: string;
  /** What the operator calls the password, for the sentence that says how to mend it. */
  readonly passwordEnv?: string;
  /** Where sessions are begun: `https://bsky.social`, or a server of one's own. */
  readonly service: string;
  /** Where a session, or the refusal of one, survives a restart, sealed with the password. Without it it does not. */
  readonly tokenStore?: TokenStore;
  /** false: another process begins and refreshes the session, we only use it. Asked each time; absent: we may. */
  readonly mayRefresh?: () => boolean;
  /** true: we begin a session of our own, which is not kept. */
  readonly ownSession?: boolean;
}

/**
 * The session of our account: begun with the app password when it is first needed, refreshed before it ends, and begun anew
 * where it cannot be refreshed. `Disconnected` when the network takes the password no more: then it is not tried again for ten
 * minutes, nor after a restart, unless with another one.
 */
export async function openSession(options: Access & { readonly clock: Clock }): Promise<Token> {
  const { handle, password, service, ownSession = false, clock, tokenStore = FORGETFUL } = options;
  // Another password or account is another secret, and what was stored is not read.
  const secret = JSON.stringify([service, handle, password]);
  const store = ownSession ? FORGETFUL : tokenStore;
  const refusals = openRefusals({ secret, store, clock });
  // All who ask share what was refused: else each of them would use up sessions of its own.
  const begin = async (): Promise<Grant> => {
    try {
      return await grant(options, {
        method: "com.atproto.server.createSession",
        post: { identifier: handle, password },
      });
    } catch (cause) {
      await refusals.note(cause);
      throw cause;
    }
  };
  const refresh = async (token: string): Promise<Grant> => {
    await refusals.check();
    if (token === NONE) return await begin();
    const headers = { Authorization: `Bearer ${token}` };
    try {
      return await grant(options, { method: "com.atproto.server.refreshSession", headers, post: {} });
    } catch (error) {
      if (error instanceof Disconnected && !(error instanceof LockedOut)) return await begin();
      throw error;
    }
  };
  const token = await openRefreshedToken({
    given: { accessToken: NONE, refreshToken: NONE },
    secret,
    store,
    refresh,
    mayRefresh: ownSession ? undefined : options.mayRefresh,
    clock,
  });
  return {
    current: async () => {
      const current = await token.current();
      return current === NONE ? ((await token.renew(NONE)) ?? NONE) : current;
    },
    renew: (refused) => token.renew(refused),
    [Symbol.asyncDispose]: () => token[Symbol.asyncDispose](),
  };
}

/** What to do about a password that is refused. */
export function toPasswordRemedy({ handle, service, passwordEnv = "the account's `password`" }: Access): string {
  return (
    `Look whether ${handle} is the account's handle at ${service}, and log in there: an account that is suspended is refused ` +
    `in the same words. If it stands, make a new app password there (Settings → Privacy and security → App passwords), put ` +
    `it where ${passwordEnv} is set and restart the connector.`
  );
}

/** The scope of the app password, as its session tells; undefined: it does not. */
export function toScope(accessToken: string): string | undefined {
  return toClaims(accessToken)?.scope;
}

const NOT_IN = "The network does not let our account in: it is suspended, deactivated or taken down there";

/** Not the session is refused but the account itself: another session would not help. */
class LockedOut extends Disconnected {}

export function toLockedOut(cause?: unknown): Disconnected {
  return new LockedOut(NOT_IN, { cause, retryAfterMs: ASK_AGAIN_MS, remedy: LOCKED_OUT });
}

export function toRefused(access: Access): Disconnected {
  const remedy = toPasswordRemedy(access);
  return toDisconnected("The network refuses the app password of our account", remedy, ASK_AGAIN_MS);
}

async function grant(options: Access & { readonly clock: Clock }, question: Question): Promise<Grant> {
  const answer = await request(toRequest(options.service, question), new AbortController().signal);
  if (toShutOut(answer) === "account") throw toLockedOut();
  const failure = toFailure(answer, options.clock);
  if (failure instanceof Declined && failure.status <= 403) throw toRefused(options);
  if (failure !== undefined) throw failure;
  const session = WireGrant.safeParse(answer.body).data;
  if (session === undefined) throw toRefused(options);
  const { exp, iat } = toClaims(session.accessJwt) ?? {};
  return {
    accessToken: session.accessJwt,
    refreshToken: session.refreshJwt,
    livesMs: exp === undefined || iat === undefined ? undefined : (exp - iat) * 1000,
  };
}

function toClaims(token: string) {
  try {
    const [, claims = ""] = token.split(".");
    return WireClaims.safeParse(JSON.parse(Buffer.from(claims, "base64url").toString())).data;
  } catch {
    return undefined;
  }
}

const FORGETFUL: TokenStore = { read: () => Promise.resolve(undefined), write: () => Promise.resolve() };
