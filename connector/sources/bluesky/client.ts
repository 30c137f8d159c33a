import type { Clock } from "../../clock.ts";
import type { Token } from "../token.ts";
import { toFailure, toShutOut } from "./failure.ts";
import { request } from "./request.ts";
import type { Answer, Question } from "./request.ts";
import { toLockedOut, toRefused } from "./session.ts";
import type { Access } from "./session.ts";

/**
 * One question to the network, as our account; what it answers. Throws `Unavailable` when it cannot answer now (no
 * connection, time-out, 429, 5xx, no JSON), `Disconnected` when it does not let our account in, `Declined` when the answer is
 * no, and the signal's reason when aborted.
 */
export type Ask = (signal: AbortSignal, question: Question) => Promise<unknown>;

export interface ClientOptions {
  /** The server that holds our account. */
  readonly url: string;
  readonly session: Token;
  readonly access: Access;
  readonly clock: Clock;
}

/** A session that is refused is renewed once, and the question is asked again. */
export function openClient({ url, session, access, clock }: ClientOptions): Ask {
  const askWith = (token: string, question: Question, signal: AbortSignal): Promise<Answer> =>
    request(url, { ...question, headers: { ...question.headers, Authorization: `Bearer ${token}` } }, signal);

  return async (signal, question) => {
    const used = await session.current();
    let answer = await askWith(used, question, signal);
    if (toShutOut(answer) === "session") {
      const renewed = await session.renew(used);
      if (renewed !== undefined) answer = await askWith(renewed, question, signal);
    }
    const shutOut = toShutOut(answer);
    if (shutOut === "account") throw toLockedOut();
    if (shutOut === "session") throw toRefused(access);
    const failure = toFailure(answer, clock);
    if (failure !== undefined) throw failure;
    return answer.body;
  };
}

/** The chat service is reached through our server. */
export const TO_CHAT = { "atproto-proxy": "did:web:api.bsky.chat#bsky_chat" };
