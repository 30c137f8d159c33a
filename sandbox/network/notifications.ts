import { nextId } from "./next-id.ts";
import { pageOf, type PageRequest } from "./paging.ts";
import { NotificationRow, type NotificationType, type StatusRow } from "./rows.ts";
import type { State } from "./state.ts";

interface About {
  readonly to: string;
  readonly from: string;
  readonly status?: StatusRow;
}

/** Stores that something happened to `to`; undefined if they did it themselves. Belongs in the transaction that does it. */
export function notify(state: State, type: NotificationType, about: About): NotificationRow | undefined {
  if (about.from === about.to) return undefined;
  const notification: NotificationRow = {
    id: nextId(state),
    account_id: about.to,
    type,
    from_id: about.from,
    status_id: about.status?.id ?? null,
    created_at: state.now(),
  };
  state.store.run(
    "INSERT INTO notifications VALUES (:id, :account_id, :type, :from_id, :status_id, :created_at)",
    notification,
  );
  return notification;
}

export interface Wanted {
  readonly types?: readonly string[] | undefined;
  readonly excludeTypes?: readonly string[] | undefined;
}

/** A page of what happened to an account, newest first. */
export function notificationsOf(state: State, account: string, wanted: Wanted, page: PageRequest): NotificationRow[] {
  return pageOf(page, "id", (paging) =>
    state.store.all(
      NotificationRow,
      `SELECT * FROM notifications WHERE account_id = :account
         AND (:types IS NULL OR type IN (SELECT value FROM json_each(:types)))
         AND type NOT IN (SELECT value FROM json_each(:excluded)) ${paging.sql}`,
      {
        account,
        types: wanted.types ? JSON.stringify(wanted.types) : null,
        excluded: JSON.stringify(wanted.excludeTypes ?? []),
        ...paging.params,
      },
    ),
  );
}

export const notificationById = ({ store }: State, account: string, id: string): NotificationRow | undefined =>
  store.one(NotificationRow, "SELECT * FROM notifications WHERE account_id = :account AND id = :id", { account, id });

/** Forgets one notification of the account, or all of them. */
export const dismiss = ({ store }: State, account: string, id?: string): number =>
  store.run("DELETE FROM notifications WHERE account_id = :account AND (:id IS NULL OR id = :id)", {
    account,
    id: id ?? null,
  });
