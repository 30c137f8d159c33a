import type { Clock } from "../../clock.ts";
import * as asking from "../asking/client.ts";
import type { Token } from "../token.ts";
import { toRequest } from "./question.ts";
import type { Question } from "./question.ts";
import { toLockedOut, toRefused } from "./session.ts";
import type { Access } from "./session.ts";
import { toShutOut } from "./shut-out.ts";

export type Ask = asking.Ask<Question>;

export interface ClientOptions {
  /** The server that holds our account. */
  readonly url: string;
  readonly session: Token;
  readonly access: Access;
  readonly clock: Clock;
}

/** A record that an index in between could not fetch is "Upstream…" with 502, and waits like any other 5xx. */
export function openClient({ url, session, access, clock }: ClientOptions): Ask {
  return asking.openClient<Question>({
    token: session,
    clock,
    toRequest: (question) => toRequest(url, question),
    isTokenRefused: (answer) => toShutOut(answer) === "session",
    toRefused: () => toRefused(access),
    isLockedOut: (answer) => toShutOut(answer) === "account",
    toLockedOut: () => toLockedOut(),
  });
}

/** The chat service is reached through our server. */
export const TO_CHAT = { "atproto-proxy": "did:web:api.bsky.chat#bsky_chat" };
