import { StatusRow } from "./rows.ts";
import type { State } from "./state.ts";

/**
 * SQL: may the account `:asker` (null: a stranger) read the status `s`? A direct one only its author and whom it mentions, a
 * private one its author's followers too.
 */
export const visibleToAsker = `(
  s.visibility IN ('public', 'unlisted') OR s.account_id = :asker
  OR EXISTS (SELECT 1 FROM mentions m WHERE m.status_id = s.id AND m.account_id = :asker)
  OR s.visibility = 'private'
     AND EXISTS (SELECT 1 FROM follows f WHERE f.follower_id = :asker AND f.followed_id = s.account_id)
)`;

/** The status, if there is one and the asker may read it. */
export const visibleStatus = ({ store }: State, id: string, asker: string | undefined): StatusRow | undefined =>
  store.one(StatusRow, `SELECT s.* FROM statuses s WHERE s.id = :id AND ${visibleToAsker}`, {
    id,
    asker: asker ?? null,
  });
