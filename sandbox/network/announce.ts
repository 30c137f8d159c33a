import { conversationEntity } from "./entities/conversation.ts";
import { notificationEntity } from "./entities/notification.ts";
import { statusEntity } from "./entities/status.ts";
import { toConversation } from "./conversations.ts";
import { Id, type NotificationRow, type StatusRow } from "./rows.ts";
import type { State } from "./state.ts";
import type { Channel } from "./streams.ts";

/** Tells the streams of a new status: followers and the public first, then whom it names. Call it after the commit. */
export function announcePosted(state: State, status: StatusRow, notifications: readonly NotificationRow[]): void {
  state.streams.publish(audience(state, status), "update", () => JSON.stringify(statusEntity(state, status)));
  announceNotifications(state, notifications);
  if (status.visibility !== "direct") return;
  for (const account of new Set([status.account_id, ...mentioned(state, status.id)])) {
    state.streams.publish([`direct/${account}`], "conversation", () =>
      JSON.stringify(conversationEntity(state, toConversation(state, status, account), account)),
    );
  }
}

/** Tells of a new text: as `status.update` where the status was shown, as a notification to whom it names. */
export function announceEdited(state: State, status: StatusRow, notifications: readonly NotificationRow[]): void {
  state.streams.publish(audience(state, status), "status.update", () => JSON.stringify(statusEntity(state, status)));
  announceNotifications(state, notifications);
}

export function announceNotifications(state: State, notifications: readonly NotificationRow[]): void {
  for (const notification of notifications) {
    const account = notification.account_id;
    state.streams.publish([`user/${account}`, `user:notification/${account}`], "notification", () =>
      JSON.stringify(notificationEntity(state, notification)),
    );
  }
}

/** Whom a removal concerns: where the status was shown, and whom it named. Ask before it is removed. */
export function concernedBy(state: State, status: StatusRow): Channel[] {
  const named = mentioned(state, status.id).flatMap((account) => [`user/${account}`, `direct/${account}`]);
  return [...audience(state, status), ...named];
}

export const announceRemoved = ({ streams }: State, concerned: readonly Channel[], ids: readonly string[]): void => {
  for (const id of ids) streams.publish(concerned, "delete", () => id);
};

/** Where a status is shown as it comes: the author's home, the followers', and for public ones the public streams. */
function audience(state: State, status: StatusRow): Channel[] {
  const homes = [status.account_id, ...followersWhoMayRead(state, status)].map((account) => `user/${account}`);
  if (status.visibility !== "public" || status.reblog_of_id) return homes;
  const tags = state.store.all(Id, "SELECT tag AS id FROM tags WHERE status_id = :id", { id: status.id });
  return [...homes, "public", "public:local", ...tags.map(({ id }) => `hashtag/${id}`)];
}

function followersWhoMayRead({ store }: State, status: StatusRow): string[] {
  const sql = `SELECT follower_id AS id FROM follows WHERE followed_id = :author AND (:visibility <> 'direct'
    OR follower_id IN (SELECT account_id FROM mentions WHERE status_id = :status))`;
  const params = { author: status.account_id, visibility: status.visibility, status: status.id };
  return store.all(Id, sql, params).map(({ id }) => id);
}

const mentioned = ({ store }: State, status: string): string[] =>
  store.all(Id, "SELECT account_id AS id FROM mentions WHERE status_id = :status", { status }).map(({ id }) => id);
