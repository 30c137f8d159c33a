import { z } from "zod";
import { accountById } from "../accounts.ts";
import { toHtml } from "../html.ts";
import { mentionsOf, tagsOf } from "../mentions.ts";
import { StatusRow, VersionRow, type AccountRow } from "../rows.ts";
import type { State } from "../state.ts";
import { accountEntity } from "./account.ts";

const Counts = z.object({
  replies: z.number(),
  reblogs: z.number(),
  favourites: z.number(),
  favourited: z.number().transform(Boolean),
  reblogged: z.number().transform(Boolean),
});

const countSql = `SELECT
  (SELECT count(*) FROM statuses WHERE reply_to_id = :id AND visibility <> 'direct') AS replies,
  (SELECT count(*) FROM statuses WHERE reblog_of_id = :id) AS reblogs,
  (SELECT count(*) FROM favourites WHERE status_id = :id) AS favourites,
  EXISTS (SELECT 1 FROM favourites WHERE status_id = :id AND account_id = :asker) AS favourited,
  EXISTS (SELECT 1 FROM statuses WHERE reblog_of_id = :id AND account_id = :asker) AS reblogged`;

export type StatusEntity = ReturnType<typeof ownFields> & { readonly reblog: StatusEntity | null };

/** A status as the API shows it; with an asker it says what they have done with it. */
export function statusEntity(state: State, status: StatusRow, asker?: string): StatusEntity {
  const original = status.reblog_of_id
    ? state.store.one(StatusRow, "SELECT * FROM statuses WHERE id = :id", { id: status.reblog_of_id })
    : undefined;
  return { ...ownFields(state, status, asker), reblog: original ? statusEntity(state, original, asker) : null };
}

function ownFields(state: State, status: StatusRow, asker: string | undefined) {
  const author = authorOf(state, status);
  const counts = state.store.one(Counts, countSql, { id: status.id, asker: asker ?? null });
  const mentions = mentionsOf(state, status.id);
  const url = state.url();
  return {
    id: status.id,
    created_at: new Date(status.created_at).toISOString(),
    edited_at: status.edited_at === null ? null : new Date(status.edited_at).toISOString(),
    in_reply_to_id: status.reply_to_id,
    in_reply_to_account_id: status.reply_to_account_id,
    sensitive: status.spoiler !== "",
    spoiler_text: status.spoiler,
    visibility: status.visibility,
    language: status.language,
    uri: `https://${state.domain}/users/${author.username}/statuses/${status.id}`,
    url: `${url}/@${author.username}/${status.id}`,
    content: contentOf(state, status),
    account: accountEntity(state, author),
    mentions: mentions.map(({ account_id, username }) => ({
      id: account_id,
      username,
      acct: username,
      url: `${url}/@${username}`,
    })),
    tags: tagsOf(state, status.id).map((name) => ({ name, url: `${url}/tags/${encodeURIComponent(name)}` })),
    replies_count: counts?.replies ?? 0,
    reblogs_count: counts?.reblogs ?? 0,
    favourites_count: counts?.favourites ?? 0,
    favourited: counts?.favourited ?? false,
    reblogged: counts?.reblogged ?? false,
    muted: false,
    bookmarked: false,
    media_attachments: [],
    emojis: [],
    application: null,
    card: null,
    poll: null,
  };
}

/** The status as text to edit again. */
export const statusSourceEntity = ({ id, text, spoiler }: StatusRow) => ({ id, text, spoiler_text: spoiler });

/** Every text the status has had, oldest first. */
export function historyEntity(state: State, status: StatusRow) {
  const account = accountEntity(state, authorOf(state, status));
  const sql = "SELECT at, text, spoiler FROM versions WHERE status_id = :id ORDER BY n";
  return state.store.all(VersionRow, sql, { id: status.id }).map((version) => ({
    created_at: new Date(version.at).toISOString(),
    content: contentOf(state, { ...status, text: version.text }),
    spoiler_text: version.spoiler,
    sensitive: version.spoiler !== "",
    account,
    media_attachments: [],
    emojis: [],
  }));
}

function contentOf(state: State, { id, text }: StatusRow): string {
  const names = new Set(mentionsOf(state, id).map(({ username }) => username.toLowerCase()));
  return toHtml(text, {
    url: state.url(),
    isMentioned: (username, domain = state.domain) =>
      domain.toLowerCase() === state.domain && names.has(username.toLowerCase()),
  });
}

function authorOf(state: State, { id, account_id }: StatusRow): AccountRow {
  const author = accountById(state, account_id);
  if (!author) throw new Error(`Status ${id} has no author`);
  return author;
}
