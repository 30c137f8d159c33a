import { z } from "zod";
import { pageOf, type PageRequest } from "./paging.ts";
import { AccountRow, StatusRow } from "./rows.ts";
import type { State } from "./state.ts";
import { visibleToAsker } from "./visible.ts";

/** An account's view of a private exchange. */
export interface Conversation {
  readonly id: string;
  /** The others in it. */
  readonly others: AccountRow[];
  readonly last: StatusRow;
}

const Last = z.object({ last_id: z.string() });

/** The account's private exchanges, the one with the newest message first; paged by the id of that message. */
export function conversationsOf(state: State, account: string, page: PageRequest): Conversation[] {
  const newest = pageOf(page, "last_id", (paging) =>
    state.store.all(
      Last,
      `SELECT last_id FROM (SELECT max(s.id) AS last_id FROM statuses s
         WHERE s.visibility = 'direct' AND ${visibleToAsker} GROUP BY s.conversation_id) WHERE true ${paging.sql}`,
      { asker: account, ...paging.params },
    ),
  );
  return newest.flatMap(({ last_id: id }) => {
    const last = state.store.one(StatusRow, "SELECT * FROM statuses WHERE id = :id", { id });
    return last ? [toConversation(state, last, account)] : [];
  });
}

/** The exchange that a direct status is the latest of, as the account sees it. */
export function toConversation({ store }: State, last: StatusRow, account: string): Conversation {
  const others = store.all(
    AccountRow,
    `SELECT a.* FROM accounts a WHERE a.id <> :account
       AND (a.id = :author OR a.id IN (SELECT account_id FROM mentions WHERE status_id = :status)) ORDER BY a.id`,
    { account, author: last.account_id, status: last.id },
  );
  return { id: last.conversation_id, others, last };
}
