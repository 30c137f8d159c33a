import { pageOf, type PageRequest } from "./paging.ts";
import { StatusRow } from "./rows.ts";
import type { State } from "./state.ts";
import type { Params } from "./store.ts";
import { visibleToAsker } from "./visible.ts";

/** Statuses `s` that meet a condition in SQL, newest first, but for those that come to light later. Its parameters are the caller's. */
export function statusesWhere(state: State, condition: string, params: Params, page: PageRequest): StatusRow[] {
  return pageOf(page, "s.id", (paging) =>
    state.store.all(
      StatusRow,
      `SELECT s.* FROM statuses s WHERE s.created_at <= :until AND ${condition} ${paging.sql}`,
      {
        ...params,
        until: state.now() - state.habits.readDelayMs,
        ...paging.params,
      },
    ),
  );
}

/** Everybody's public statuses. */
export const publicTimeline = (state: State, page: PageRequest) =>
  statusesWhere(state, "s.visibility = 'public' AND s.reblog_of_id IS NULL", {}, page);

/** Public statuses with a hashtag, written in any case. */
export const tagTimeline = (state: State, tag: string, page: PageRequest) =>
  statusesWhere(
    state,
    "s.visibility = 'public' AND s.id IN (SELECT status_id FROM tags WHERE tag = :tag)",
    { tag: tag.toLowerCase() },
    page,
  );

/** What the account said itself, and what those say whom it follows and who let it read them. */
export const homeTimeline = (state: State, account: string, page: PageRequest) =>
  statusesWhere(
    state,
    `(s.account_id = :asker OR s.account_id IN (SELECT followed_id FROM follows WHERE follower_id = :asker))
     AND ${visibleToAsker}`,
    { asker: account },
    page,
  );

export interface AccountStatuses {
  readonly of: string;
  readonly asker: string | undefined;
  readonly excludeReplies: boolean;
  readonly excludeReblogs: boolean;
  readonly tagged: string | undefined;
}

/** What an account said, as far as the asker may read it. Answers to oneself are no replies here, as on Mastodon. */
export const accountTimeline = (state: State, wanted: AccountStatuses, page: PageRequest) =>
  statusesWhere(
    state,
    `s.account_id = :of AND ${visibleToAsker}
     AND (NOT :excludeReplies OR s.reply_to_account_id IS NULL OR s.reply_to_account_id = s.account_id)
     AND (NOT :excludeReblogs OR s.reblog_of_id IS NULL)
     AND (:tagged IS NULL OR s.id IN (SELECT status_id FROM tags WHERE tag = :tagged))`,
    {
      of: wanted.of,
      asker: wanted.asker ?? null,
      excludeReplies: Number(wanted.excludeReplies),
      excludeReblogs: Number(wanted.excludeReblogs),
      tagged: wanted.tagged?.toLowerCase() ?? null,
    },
    page,
  );

/** Statuses in which all the words occur, in any case, as far as the asker may read them. */
export function searchStatuses(state: State, words: string, asker: string | undefined, page: PageRequest): StatusRow[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return statusesWhere(
    state,
    `s.reblog_of_id IS NULL AND ${visibleToAsker}
     AND NOT EXISTS (SELECT 1 FROM json_each(:words) w WHERE NOT instr(lower(s.text), w.value))`,
    { asker: asker ?? null, words: JSON.stringify(wanted) },
    page,
  );
}
