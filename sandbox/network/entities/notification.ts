import { accountById } from "../accounts.ts";
import { StatusRow, type NotificationRow } from "../rows.ts";
import type { State } from "../state.ts";
import { accountEntity } from "./account.ts";
import { statusEntity } from "./status.ts";

/** What happened to an account, as the API tells it. */
export function notificationEntity(state: State, notification: NotificationRow) {
  const from = accountById(state, notification.from_id);
  if (!from) throw new Error(`Notification ${notification.id} comes from nobody`);
  const status = notification.status_id
    ? state.store.one(StatusRow, "SELECT * FROM statuses WHERE id = :id", { id: notification.status_id })
    : undefined;
  return {
    id: notification.id,
    type: notification.type,
    created_at: new Date(notification.created_at).toISOString(),
    group_key: `ungrouped-${notification.id}`,
    account: accountEntity(state, from),
    ...(status && { status: statusEntity(state, status, notification.account_id) }),
  };
}
