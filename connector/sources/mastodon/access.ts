import type { Clock } from "../../clock.ts";
import { Misconfigured } from "../../errors.ts";
import { openRefreshedToken } from "../refreshed-token.ts";
import { toFixedToken } from "../token.ts";
import type { Token, TokenStore } from "../token.ts";
import { toRefresh } from "./refresh.ts";
import { WireToken } from "./schema.ts";

/** What lets us in as our account. */
export interface Access {
  readonly token: string;
  /** What the operator calls the token, for the sentence that says how to mend it. */
  readonly tokenEnv?: string;
  /** With it the token is refreshed before it runs out. */
  readonly refresh?: {
    readonly token: string;
    readonly clientId: string;
    readonly clientSecret: string;
  };
  /** Where refreshed tokens survive a restart, sealed with the client's secret. Without it they do not. */
  readonly tokenStore?: TokenStore;
  /** false: another process refreshes the token, we only use it. A refresh token is often good for one use. Absent: we may. */
  readonly mayRefresh?: () => boolean;
}

/** The token as it will be used: refreshed, where the operator gave what that needs. */
export async function openToken(
  options: Access & { readonly url: string; readonly remedy: string; readonly clock: Clock },
): Promise<Token> {
  const { url, refresh, remedy, clock, tokenStore = toForgetfulStore() } = options;
  const accessToken = toAccessToken(options.token);
  if (refresh === undefined) return toFixedToken(accessToken);
  return await openRefreshedToken({
    given: { accessToken, refreshToken: refresh.token },
    secret: refresh.clientSecret,
    store: tokenStore,
    refresh: toRefresh({ ...refresh, url, remedy, clock }),
    mayRefresh: options.mayRefresh,
    clock,
  });
}

/** What to do about a token that is refused. */
export function toTokenRemedy(url: string, { tokenEnv = "the account's `token`", refresh }: Access): string {
  const what = refresh === undefined ? "a new access token" : "a new access token and a new refresh token";
  return `Log in to ${url} as this account, make ${what} for its application, put it where ${tokenEnv} is set and restart the connector.`;
}

function toForgetfulStore(): TokenStore {
  return { read: () => Promise.resolve(undefined), write: () => Promise.resolve() };
}

function toAccessToken(token: string): string {
  if (WireToken.safeParse(token).success) return token;
  throw new Misconfigured("The `token` of a Mastodon account is empty or has characters that no token has");
}
