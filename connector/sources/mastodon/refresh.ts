import type { Clock } from "../../clock.ts";
import { toDisconnected } from "../asking/client.ts";
import { Declined } from "../asking/declined.ts";
import { toFailure } from "../asking/failure.ts";
import { request } from "../asking/request.ts";
import type { Grant, RefreshAccess } from "../token.ts";
import { toRequest } from "./question.ts";
import { WireGrant } from "./schema.ts";

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
    const answer = await request(toRequest(url, { path: "/oauth/token", post }), new AbortController().signal);
    const failure = toFailure(answer, clock);
    if (failure instanceof Declined)
      throw toDisconnected("The network refuses to refresh the token of our account", remedy);
    if (failure !== undefined) throw failure;
    const grant = WireGrant.safeParse(answer.body).data;
    if (grant === undefined) throw toDisconnected("The network answers a refresh with no token", remedy);
    return {
      accessToken: grant.access_token,
      refreshToken: grant.refresh_token ?? refreshToken,
      livesMs: grant.expires_in === undefined ? undefined : grant.expires_in * 1000,
    };
  };
}
