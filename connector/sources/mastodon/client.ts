import type { Clock } from "../../clock.ts";
import * as asking from "../asking/client.ts";
import { toDisconnected } from "../asking/client.ts";
import type { Token } from "../token.ts";
import { toRequest } from "./question.ts";
import type { Question } from "./question.ts";

/** Who asks: the first question to a network, and the one that tells a refused account from a refused question. */
export const CREDENTIALS = "/api/v1/accounts/verify_credentials";

export type Ask = asking.Ask<Question>;

export interface ClientOptions {
  readonly url: string;
  readonly token: Token;
  /** What to do about a token that is refused. */
  readonly remedy: string;
  readonly clock: Clock;
}

/** A server that says 403 to everything says so of our account; to one question, of that question. */
export function openClient({ url, token, remedy, clock }: ClientOptions): Ask {
  return asking.openClient<Question>({
    token,
    clock,
    toRequest: (question) => toRequest(url, question),
    isTokenRefused: ({ status }) => status === 401,
    toRefused: () => toDisconnected("The network refuses the token of our account", remedy),
    isLockedOut: async ({ status }, { path }, probe) =>
      status === 403 && path !== CREDENTIALS && [401, 403].includes((await probe({ path: CREDENTIALS })).status),
    toLockedOut: () =>
      toDisconnected("The network does not let our account in: it is suspended or disabled there", LOCKED_OUT),
  });
}

const LOCKED_OUT = "Log in to the network as this account and do what it asks for.";
