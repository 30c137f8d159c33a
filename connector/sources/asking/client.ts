import type { Clock } from "../../clock.ts";
import { Disconnected } from "../../errors.ts";
import type { Token } from "../token.ts";
import { readWhy, toFailure, type ReadWhy } from "./failure.ts";
import { request, type Answer, type Request } from "./request.ts";

/** Only a person can mend it, in their own time. */
export const ASK_AGAIN_MS = 5 * 60_000;

/**
 * One question to the network, as our account; what it answers. Throws `Unavailable` when it cannot answer now (no
 * connection, time-out, 429, 5xx, no JSON), `Disconnected` when it does not let our account in, `Declined` when the answer is
 * no, and the signal's reason when aborted.
 */
export type Ask<Q> = (signal: AbortSignal, question: Q) => Promise<unknown>;

/** How the network is asked, and how it says that it does not let us in. */
export interface ClientOptions<Q> {
  readonly token: Token;
  readonly clock: Clock;
  toRequest(question: Q): Request;
  readonly why?: ReadWhy;
  /** Another token may be let in. */
  isTokenRefused(answer: Answer): boolean;
  toRefused(): Disconnected;
  /** Our account is not let in, whatever the token. `probe` asks something else to find out. */
  isLockedOut?(answer: Answer, question: Q, probe: (question: Q) => Promise<Answer>): boolean | Promise<boolean>;
  toLockedOut?(): Disconnected;
}

/** A token that is refused is renewed once, where it can be, and the question is asked again. */
export function openClient<Q>(options: ClientOptions<Q>): Ask<Q> {
  const { token, clock, why = readWhy } = options;

  const askWith = (bearer: string, question: Q, signal: AbortSignal): Promise<Answer> => {
    const asked = options.toRequest(question);
    return request({ ...asked, headers: { ...asked.headers, Authorization: `Bearer ${bearer}` } }, signal);
  };
  const ask = async (question: Q, signal: AbortSignal): Promise<Answer> => {
    const used = await token.current();
    const answer = await askWith(used, question, signal);
    if (!options.isTokenRefused(answer)) return answer;
    const renewed = await token.renew(used);
    return renewed === undefined ? answer : await askWith(renewed, question, signal);
  };

  return async (signal, question) => {
    const answer = await ask(question, signal);
    if (options.isTokenRefused(answer)) throw options.toRefused();
    if ((await options.isLockedOut?.(answer, question, (other) => ask(other, signal))) === true)
      throw options.toLockedOut?.() ?? options.toRefused();
    const failure = toFailure(answer, clock, why);
    if (failure !== undefined) throw failure;
    return answer.body;
  };
}

/** `what`: a sentence without its full stop. */
export function toDisconnected(what: string, remedy: string, retryAfterMs = ASK_AGAIN_MS): Disconnected {
  return new Disconnected(what, { retryAfterMs, remedy });
}
