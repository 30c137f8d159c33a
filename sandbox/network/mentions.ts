import { accountByHandle } from "./accounts.ts";
import { Id, MentionRow, type AccountRow } from "./rows.ts";
import type { State } from "./state.ts";
import { toTokens } from "./tokens.ts";

/** The accounts that a text names, each once. A handle that nobody has names nobody. */
export function mentionedIn(state: State, text: string): AccountRow[] {
  const named = toTokens(text).flatMap((token) => {
    if (token.type !== "mention") return [];
    return accountByHandle(state, token.domain ? `${token.username}@${token.domain}` : token.username) ?? [];
  });
  return [...new Map(named.map((account) => [account.id, account])).values()];
}

/** The hashtags of a text in small letters, each once. */
export const tagsIn = (text: string): string[] => [
  ...new Set(toTokens(text).flatMap((token) => (token.type === "tag" ? token.tag.toLowerCase() : []))),
];

/**
 * Stores whom and what a status names, in the author's transaction. Who is named no longer, after an edit, stays as a
 * silent mention: they may go on reading it.
 */
export function recordNames(state: State, statusId: string, text: string): void {
  const { store } = state;
  store.run("UPDATE mentions SET silent = 1 WHERE status_id = :statusId", { statusId });
  store.run("DELETE FROM tags WHERE status_id = :statusId", { statusId });
  for (const { id } of mentionedIn(state, text)) {
    store.run("INSERT INTO mentions VALUES (:statusId, :id, 0) ON CONFLICT DO UPDATE SET silent = 0", { statusId, id });
  }
  for (const tag of tagsIn(text)) store.run("INSERT INTO tags VALUES (:tag, :statusId)", { tag, statusId });
}

/** Whom a status names now, in the order of their accounts. */
export const mentionsOf = ({ store }: State, statusId: string) =>
  store.all(
    MentionRow,
    `SELECT m.account_id, m.silent, a.username FROM mentions m JOIN accounts a ON a.id = m.account_id
     WHERE m.status_id = :statusId AND NOT m.silent ORDER BY a.id`,
    { statusId },
  );

export const tagsOf = ({ store }: State, statusId: string): string[] =>
  store
    .all(Id, "SELECT tag AS id FROM tags WHERE status_id = :statusId ORDER BY rowid", { statusId })
    .map(({ id }) => id);
