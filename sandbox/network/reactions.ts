import { insertRow } from "./publish.ts";
import { nextId } from "./next-id.ts";
import { notify } from "./notifications.ts";
import { invalid } from "./refusal.ts";
import { Count, StatusRow, type AccountRow, type NotificationRow } from "./rows.ts";
import type { State } from "./state.ts";

/** Marks a status as liked by the account; answers the author's notification the first time. */
export function favourite(state: State, status: StatusRow, by: AccountRow): NotificationRow | undefined {
  return state.store.transact(() => {
    const params = { status: status.id, by: by.id };
    const added = state.store.run("INSERT INTO favourites VALUES (:status, :by) ON CONFLICT DO NOTHING", params);
    return added ? notify(state, "favourite", { to: status.account_id, status, from: by.id }) : undefined;
  });
}

export const unfavourite = ({ store }: State, status: StatusRow, by: AccountRow): number =>
  store.run("DELETE FROM favourites WHERE status_id = :status AND account_id = :by", { status: status.id, by: by.id });

export interface Reblogged {
  readonly reblog: StatusRow;
  readonly notification: NotificationRow | undefined;
  readonly repeated: boolean;
}

/** Passes a status on: a status of its own without a text. A second time answers the first one. */
export function reblog(state: State, original: StatusRow, by: AccountRow): Reblogged {
  if (original.visibility === "direct") throw invalid("This post cannot be boosted");
  return state.store.transact(() => {
    const earlier = reblogBy(state, original, by);
    if (earlier) return { reblog: earlier, notification: undefined, repeated: true };
    const id = nextId(state);
    const row: StatusRow = {
      ...original,
      id,
      account_id: by.id,
      text: "",
      spoiler: "",
      conversation_id: id,
      reply_to_id: null,
      reply_to_account_id: null,
      reblog_of_id: original.id,
      created_at: state.now(),
      edited_at: null,
    };
    insertRow(state, row);
    const notification = notify(state, "reblog", { to: original.account_id, status: original, from: by.id });
    return { reblog: row, notification, repeated: false };
  });
}

/** The account's reblog of a status, if it made one. */
export const reblogBy = ({ store }: State, original: StatusRow, by: AccountRow): StatusRow | undefined =>
  store.one(StatusRow, "SELECT * FROM statuses WHERE reblog_of_id = :id AND account_id = :by", {
    id: original.id,
    by: by.id,
  });

/** Follows an account; answers its notification the first time. */
export function follow(state: State, followed: AccountRow, by: AccountRow): NotificationRow | undefined {
  if (followed.id === by.id) throw invalid("You cannot follow yourself");
  return state.store.transact(() => {
    const params = { by: by.id, followed: followed.id };
    const added = state.store.run("INSERT INTO follows VALUES (:by, :followed) ON CONFLICT DO NOTHING", params);
    return added ? notify(state, "follow", { to: followed.id, from: by.id }) : undefined;
  });
}

export const unfollow = ({ store }: State, followed: AccountRow, by: AccountRow): number =>
  store.run("DELETE FROM follows WHERE follower_id = :by AND followed_id = :followed", {
    by: by.id,
    followed: followed.id,
  });

export const isFollowing = ({ store }: State, by: string, followed: string): boolean =>
  store.one(Count, "SELECT 1 AS n FROM follows WHERE follower_id = :by AND followed_id = :followed", {
    by,
    followed,
  }) !== undefined;
