import { randomBytes } from "node:crypto";
import { nextId } from "./next-id.ts";
import { invalid } from "./refusal.ts";
import { AccountRow, Count } from "./rows.ts";
import type { State } from "./state.ts";

export interface NewAccount {
  readonly handle: string;
  readonly display: string;
  readonly note?: string | undefined;
  readonly avatar?: string | undefined;
  readonly followers?: number | undefined;
}

/** Makes an account; a handle that is taken answers the account it has. */
export function addAccount(state: State, wanted: NewAccount): AccountRow {
  const { store, now } = state;
  const username = wanted.handle.replace(/^@/, "");
  if (!/^\w{1,30}$/.test(username)) {
    throw invalid("Username must be 1 to 30 letters, digits and underscores");
  }
  return store.transact(() => {
    const existing = accountByHandle(state, username);
    if (existing) return existing;
    const account: AccountRow = {
      id: nextId(state),
      username,
      token: randomBytes(24).toString("base64url"),
      display: wanted.display.toWellFormed(),
      note: (wanted.note ?? "").toWellFormed(),
      avatar: wanted.avatar ?? null,
      followers: wanted.followers ?? 0,
      created_at: now(),
    };
    store.run(
      `INSERT INTO accounts VALUES (:id, :username, :token, :display, :note, :avatar, :followers, :created_at)`,
      account,
    );
    return account;
  });
}

export const allAccounts = ({ store }: State): AccountRow[] =>
  store.all(AccountRow, "SELECT * FROM accounts ORDER BY id");

export const accountById = ({ store }: State, id: string): AccountRow | undefined =>
  store.one(AccountRow, "SELECT * FROM accounts WHERE id = :id", { id });

/** By `name`, `@name` or `name@domain` with the network's own domain: nobody from elsewhere is known here. */
export function accountByHandle({ store, domain }: State, handle: string): AccountRow | undefined {
  const [username = "", host = domain] = handle.replace(/^@/, "").split("@");
  if (host.toLowerCase() !== domain) return undefined;
  return store.one(AccountRow, "SELECT * FROM accounts WHERE username = :username", { username });
}

/** Accounts whose handle or display name holds the words, in any case. */
export function searchAccounts({ store, domain }: State, words: string, limit: number): AccountRow[] {
  const wanted = words.trim().replace(/^@/, "").replace(`@${domain}`, "").toLowerCase();
  return store.all(
    AccountRow,
    `SELECT * FROM accounts WHERE instr(lower(username), :wanted) OR instr(lower(display), :wanted)
     ORDER BY lower(username) = :wanted DESC, id LIMIT :limit`,
    { wanted, limit },
  );
}

/** How many follow the account: those it was made with, and those who have followed since. */
export function followerCount({ store }: State, account: AccountRow): number {
  const since = store.one(Count, "SELECT count(*) AS n FROM follows WHERE followed_id = :id", { id: account.id });
  return account.followers + (since?.n ?? 0);
}
