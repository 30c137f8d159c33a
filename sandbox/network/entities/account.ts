import { z } from "zod";
import { followerCount } from "../accounts.ts";
import { toHtml } from "../html.ts";
import type { AccountRow } from "../rows.ts";
import type { State } from "../state.ts";

const Counts = z.object({ statuses: z.number(), following: z.number(), last: z.number().nullable() });

const countSql = `SELECT count(*) AS statuses, max(created_at) AS last,
  (SELECT count(*) FROM follows WHERE follower_id = :id) AS following
  FROM statuses WHERE account_id = :id AND visibility <> 'direct'`;

/** An account as the API shows it to everybody. */
export function accountEntity(state: State, account: AccountRow) {
  const url = state.url();
  const avatar = account.avatar ?? `${url}/avatars/${account.username}.svg`;
  const counts = state.store.one(Counts, countSql, { id: account.id });
  return {
    id: account.id,
    username: account.username,
    acct: account.username,
    display_name: account.display,
    locked: false,
    bot: false,
    group: false,
    discoverable: true,
    created_at: new Date(account.created_at).toISOString(),
    note: toHtml(account.note, { url, isMentioned: () => false }),
    url: `${url}/@${account.username}`,
    uri: `https://${state.domain}/users/${account.username}`,
    avatar,
    avatar_static: avatar,
    header: avatar,
    header_static: avatar,
    followers_count: followerCount(state, account),
    following_count: counts?.following ?? 0,
    statuses_count: counts?.statuses ?? 0,
    last_status_at: counts?.last ? new Date(counts.last).toISOString().slice(0, 10) : null,
    emojis: [],
    fields: [],
    roles: [],
  };
}

/** The account as it sees itself. */
export const ownAccountEntity = (state: State, account: AccountRow) => ({
  ...accountEntity(state, account),
  source: {
    privacy: "public",
    sensitive: false,
    language: null,
    note: account.note,
    fields: [],
    follow_requests_count: 0,
  },
  role: { id: "-99", name: "", color: "", permissions: "0", highlighted: false },
});
