import { randomBytes } from "node:crypto";
import { z } from "zod";
import { Refusal } from "./refusal.ts";
import { AccountRow, GrantRow } from "./rows.ts";
import type { State } from "./state.ts";

/** What an application shows to refresh a token here. */
export const client = { id: "sandbox", secret: "sandbox" };

/** What a token answer holds. */
export interface Granted {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly expires_in: number;
  readonly token_type: "Bearer";
  readonly scope: string;
  readonly created_at: number;
}

/**
 * Whose access token it is; undefined: nobody's, or it has run out or was taken back. The first use of a refreshed token ends
 * the refresh token that it was made with, as on servers built like Mastodon.
 */
export function accountByToken({ store, now }: State, token: string): AccountRow | undefined {
  if (store.one(Mark, "SELECT mark FROM token_marks WHERE token = :token", { token })) return undefined;
  const grant = store.one(GrantRow, "SELECT * FROM grants WHERE access = :token", { token });
  if (grant && grant.expires_at <= now()) return undefined;
  if (grant?.made_with) {
    store.run("DELETE FROM grants WHERE refresh = :refresh", { refresh: grant.made_with });
    store.run("UPDATE grants SET made_with = NULL WHERE access = :token", { token });
  }
  const sql = grant ? "SELECT * FROM accounts WHERE id = :id" : "SELECT * FROM accounts WHERE token = :token";
  return store.one(AccountRow, sql, { id: grant?.account_id ?? null, token });
}

/** A token that runs out, with what refreshes it. */
export function grant(state: State, account: string, livesSeconds: number, madeWith: string | null = null): Granted {
  const [access, refresh] = [randomBytes(24).toString("base64url"), randomBytes(24).toString("base64url")];
  state.store.run("INSERT INTO grants VALUES (:access, :refresh, :account, :lives, :expiresAt, :madeWith)", {
    access,
    refresh,
    account,
    lives: livesSeconds,
    expiresAt: state.now() + livesSeconds * 1000,
    madeWith,
  });
  return {
    access_token: access,
    refresh_token: refresh,
    expires_in: livesSeconds,
    token_type: "Bearer",
    scope: "read write",
    created_at: Math.floor(state.now() / 1000),
  };
}

/** Another token for a refresh token. */
export function regrant(state: State, refresh: string): Granted {
  const found = state.store.one(
    GrantRow,
    `SELECT g.* FROM grants g WHERE refresh = :refresh AND NOT EXISTS (
       SELECT 1 FROM token_marks m WHERE m.token = g.access AND m.mark = 'revoked')`,
    { refresh },
  );
  if (!found) throw new Refusal(400, "invalid_grant");
  return grant(state, found.account_id, found.lives_seconds, refresh);
}

export const TokenAction = z.enum(["expire", "revoke", "suspend", "restore"]);

/**
 * Plays what can happen to an account's tokens, those it has now. `expire`: they are refused, and may be refreshed. `revoke`:
 * they are refused for good. `suspend`: the account is let in no more, whatever its token. `restore`: all as it was.
 */
export function play(state: State, account: AccountRow, action: z.infer<typeof TokenAction>): void {
  const { store } = state;
  const { id, token } = account;
  const all = `SELECT access FROM grants WHERE account_id = :id UNION SELECT :token`;
  store.transact(() => {
    if (action === "suspend") store.run("INSERT INTO suspended VALUES (:id) ON CONFLICT DO NOTHING", { id });
    else store.run(`DELETE FROM token_marks WHERE token IN (${all})`, { id, token });
    if (action === "restore") store.run("DELETE FROM suspended WHERE account_id = :id", { id });
    const mark = action === "expire" ? "expired" : "revoked";
    if (action === "expire" || action === "revoke")
      store.run(`INSERT INTO token_marks SELECT access, :mark FROM (${all})`, { id, token, mark });
  });
}

export const isSuspended = ({ store }: State, { id }: AccountRow): boolean =>
  store.one(z.object({ account_id: z.string() }), "SELECT * FROM suspended WHERE account_id = :id", { id }) !==
  undefined;

const Mark = z.object({ mark: z.string() });
