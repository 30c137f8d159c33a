import type { Clock } from "../../clock.ts";
import { Disconnected } from "../../errors.ts";
import type { Grant, RefreshAccess } from "../token.ts";
import { Declined, toFailure } from "./failure.ts";
import { request } from "./request.ts";
import { WireGrant } from "./schema.ts";

const ASK_AGAIN_MS = 5 * 60_000;

export interface RefreshOptions {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly remedy: string;
  readonly clock: Clock;
}

/** Asks the server for another access token. `Disconnected` where it refuses to give one. */
export function toRefresh({ url, clientId, clientSecret, remedy, clock }: RefreshOptions): RefreshAccess {
  return async (refreshToken): Promise<Grant> => {
    const post = {
      grant_type: "refresh_token",
      refresh_token: refreshToken,
      client_id: clientId,
      client_secret: clientSecret,
    };
    const answer = await request(url, { path: "/oauth/token", post }, new AbortController().signal);
    const failure = toFailure(answer, clock);
    if (failure instanceof Declined)
      throw new Disconnected("The network refuses to refresh the token of our account", {
        retryAfterMs: ASK_AGAIN_MS,
        remedy,
      });
    if (failure !== undefined) throw failure;
    const grant = WireGrant.safeParse(answer.body).data;
    if (grant === undefined)
      throw new Disconnected("The network answers a refresh with no token", { retryAfterMs: ASK_AGAIN_MS, remedy });
    return {
      accessToken: grant.access_token,
      refreshToken: grant.refresh_token ?? refreshToken,
      livesMs: grant.expires_in === undefined ? undefined : grant.expires_in * 1000,
    };
  };
}
