import { StatusRow } from "./rows.ts";
import type { State } from "./state.ts";
import { visibleToAsker } from "./visible.ts";

export interface Thread {
  /** From the root down to the parent. */
  readonly ancestors: StatusRow[];
  /** Each answer followed by its own answers, oldest first. */
  readonly descendants: StatusRow[];
}

/** What stands above and below a status, as far as the asker may read it. */
export function threadOf({ store }: State, { id }: StatusRow, asker: string | undefined): Thread {
  const params = { id, asker: asker ?? null };
  const ancestors = store.all(
    StatusRow,
    `WITH RECURSIVE above (id, steps) AS (
       SELECT reply_to_id, 1 FROM statuses WHERE id = :id
       UNION ALL SELECT p.reply_to_id, steps + 1 FROM statuses p JOIN above ON p.id = above.id)
     SELECT s.* FROM above JOIN statuses s ON s.id = above.id WHERE ${visibleToAsker} ORDER BY steps DESC`,
    params,
  );
  const descendants = store.all(
    StatusRow,
    `WITH RECURSIVE below (id, path) AS (
       SELECT id, id FROM statuses WHERE reply_to_id = :id
       UNION ALL SELECT c.id, path || '/' || c.id FROM statuses c JOIN below ON c.reply_to_id = below.id)
     SELECT s.* FROM below JOIN statuses s ON s.id = below.id WHERE ${visibleToAsker} ORDER BY path`,
    params,
  );
  return { ancestors, descendants };
}
