import type { Clock } from "../../clock.ts";
import { Disconnected } from "../../errors.ts";
import type { Token } from "../token.ts";
import { toFailure } from "./failure.ts";
import type { Answer, Question } from "./request.ts";
import { request } from "./request.ts";

/** Who asks: the first question to a network, and the one that tells a refused account from a refused question. */
export const CREDENTIALS = "/api/v1/accounts/verify_credentials";
/** Only a person can mend it, in their own time. */
const ASK_AGAIN_MS = 5 * 60_000;

/**
 * One question to the network, as our account; what it answers. Throws `Unavailable` when it cannot answer now (no
 * connection, time-out, 429, 5xx, no JSON), `Disconnected` when it takes our account for nobody, `Declined` when the
 * answer is no, and the signal's reason when aborted.
 */
export type Ask = (signal: AbortSignal, question: Question) => Promise<unknown>;

export interface ClientOptions {
  readonly url: string;
  readonly token: Token;
  /** What to do about a token that is refused. */
  readonly remedy: string;
  readonly clock: Clock;
}

/** A refused token is renewed once, where it can be, and the question is asked again. */
export function openClient({ url, token, remedy, clock }: ClientOptions): Ask {
  const askWith = (accessToken: string, question: Question, signal: AbortSignal) =>
    request(url, { ...question, headers: { ...question.headers, Authorization: `Bearer ${accessToken}` } }, signal);

  const ask = async (signal: AbortSignal, question: Question): Promise<Answer> => {
    const used = await token.current();
    const answer = await askWith(used, question, signal);
    if (answer.status !== 401) return answer;
    const renewed = await token.renew(used);
    return renewed === undefined ? answer : await askWith(renewed, question, signal);
  };

  return async (signal, question) => {
    const answer = await ask(signal, question);
    if (answer.status === 401)
      throw new Disconnected("The network refuses the token of our account", { retryAfterMs: ASK_AGAIN_MS, remedy });
    const failure = toFailure(answer, clock);
    if (failure === undefined) return answer.body;
    const isLockedOut = answer.status === 403 && question.path !== CREDENTIALS;
    if (isLockedOut && [401, 403].includes((await ask(signal, { path: CREDENTIALS })).status))
      throw new Disconnected("The network does not let our account in: it is suspended or disabled there", {
        retryAfterMs: ASK_AGAIN_MS,
        remedy: LOCKED_OUT,
      });
    throw failure;
  };
}

const LOCKED_OUT = "Log in to the network as this account and do what it asks for.";
