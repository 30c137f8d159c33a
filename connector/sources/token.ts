/** The access token of our account, as it stands now. */
export interface Token extends AsyncDisposable {
  /** The token to use; one that will soon run out is refreshed before, where it can be. */
  current(): Promise<string>;
  /** Another one in place of one that was refused; undefined: there is none. Throws what refreshing throws. */
  renew(refused: string): Promise<string | undefined>;
}

/** Keeps one text through restarts. Durable when `write` returns. */
export interface TokenStore {
  read(): Promise<string | undefined>;
  write(value: string): Promise<void>;
}

/** What a network gives for a refresh token. */
export interface Grant {
  readonly accessToken: string;
  /** The next one to refresh with: many networks take each only once. */
  readonly refreshToken: string;
  /** undefined: the network does not say. */
  readonly livesMs: number | undefined;
}

/** Throws `Disconnected` where the network refuses, `Unavailable` where it cannot answer now. Has a time limit of its own. */
export type RefreshAccess = (refreshToken: string) => Promise<Grant>;

/** A token that stays what it is until somebody gives us another one. */
export function toFixedToken(accessToken: string): Token {
  return {
    current: () => Promise.resolve(accessToken),
    renew: () => Promise.resolve(undefined),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
