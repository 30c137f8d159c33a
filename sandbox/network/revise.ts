import { recordNames } from "./mentions.ts";
import { notify } from "./notifications.ts";
import { checkedText, namedIn } from "./publish.ts";
import { Id, type NotificationRow, type StatusRow } from "./rows.ts";
import type { State } from "./state.ts";

export interface Revised {
  readonly status: StatusRow;
  readonly notifications: readonly NotificationRow[];
  /** False if the edit said what the status said already: then there is nothing to announce. */
  readonly changed: boolean;
}

/** Gives a status a new text. Whom it named before hears of an update, whom it names only now of a mention. */
export function revise(state: State, before: StatusRow, wanted: { text: string; spoiler: string }): Revised {
  const text = checkedText(state, wanted.text, wanted.spoiler);
  if (text === before.text && wanted.spoiler === before.spoiler) {
    return { status: before, notifications: [], changed: false };
  }
  return state.store.transact(() => {
    const edited_at = Math.max(state.now(), (before.edited_at ?? before.created_at) + 1);
    const status: StatusRow = { ...before, text, spoiler: wanted.spoiler.toWellFormed(), edited_at };
    const from = status.account_id;
    const namedBefore = namedIn(state, status.id);
    store(state, status);
    const namedNow = namedIn(state, status.id).filter((to) => !namedBefore.includes(to));
    const notifications = [
      ...namedBefore.flatMap((to) => notify(state, "update", { to, from, status }) ?? []),
      ...namedNow.flatMap((to) => notify(state, "mention", { to, from, status }) ?? []),
    ];
    return { status, notifications, changed: true };
  });
}

function store(state: State, { id, text, spoiler, edited_at }: StatusRow): void {
  const fields = { id, text, spoiler, edited_at };
  state.store.run(
    "UPDATE statuses SET text = :text, spoiler = :spoiler, edited_at = :edited_at WHERE id = :id",
    fields,
  );
  state.store.run(
    `INSERT INTO versions SELECT :id, max(n) + 1, :edited_at, :text, :spoiler FROM versions WHERE status_id = :id`,
    fields,
  );
  recordNames(state, id, text);
}

/** Removes a status with all that hangs on it, and answers the ids that are gone: its own and those of its reblogs. */
export function remove({ store }: State, { id }: StatusRow): string[] {
  return store.transact(() => {
    const reblogs = store.all(Id, "SELECT id FROM statuses WHERE reblog_of_id = :id", { id });
    store.run("DELETE FROM statuses WHERE id = :id", { id });
    return [id, ...reblogs.map((reblog) => reblog.id)];
  });
}
