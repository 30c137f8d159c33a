import { recordNames } from "./mentions.ts";
import { nextId } from "./next-id.ts";
import { notify } from "./notifications.ts";
import { invalid, notFound } from "./refusal.ts";
import { Id, type AccountRow, type NotificationRow, type StatusRow, type Visibility } from "./rows.ts";
import type { State } from "./state.ts";
import { isTooLong } from "./text-length.ts";
import { visibleStatus } from "./visible.ts";

const idempotentForMs = 60 * 60 * 1000;

export interface NewStatus {
  readonly text: string;
  readonly spoiler?: string | undefined;
  readonly replyTo?: string | undefined;
  readonly visibility?: Visibility | undefined;
  readonly language?: string | undefined;
  readonly idempotencyKey?: string | undefined;
}

export interface Published {
  readonly status: StatusRow;
  readonly notifications: readonly NotificationRow[];
  /** The key was used within the hour: this is the status it made then, and there is nothing to announce. */
  readonly repeated: boolean;
}

/** Stores a new status, whom it names and their notifications, all or nothing. */
export function publish(state: State, author: AccountRow, wanted: NewStatus): Published {
  return state.store.transact(() => {
    const isKnown = state.habits.idempotency && wanted.idempotencyKey;
    const earlier = isKnown && publishedBy(state, author, isKnown);
    if (earlier) return { status: earlier, notifications: [], repeated: true };
    const status = insert(state, author, wanted);
    recordNames(state, status.id, status.text);
    if (wanted.idempotencyKey) remember(state, status, wanted.idempotencyKey);
    const from = author.id;
    const notifications = namedIn(state, status.id).flatMap(
      (to) => notify(state, "mention", { to, from, status }) ?? [],
    );
    return { status, notifications, repeated: false };
  });
}

/** The text as it is stored. Throws the refusal that Mastodon gives for an empty or too long one. */
export function checkedText({ textLimit }: State, text: string, spoiler = ""): string {
  const clean = text.toWellFormed().replaceAll("\0", "").replaceAll("\r\n", "\n").trim();
  if (clean === "") throw invalid("Text can't be blank");
  if (isTooLong(spoiler + clean, textLimit)) throw invalid(`Text character limit of ${textLimit} exceeded`);
  return clean;
}

/** The accounts that a status names now. */
export const namedIn = ({ store }: State, statusId: string): string[] =>
  store
    .all(Id, "SELECT account_id AS id FROM mentions WHERE status_id = :statusId AND NOT silent", { statusId })
    .map(({ id }) => id);

function insert(state: State, author: AccountRow, wanted: NewStatus): StatusRow {
  const text = checkedText(state, wanted.text, wanted.spoiler);
  const parent = wanted.replyTo ? visibleStatus(state, wanted.replyTo, author.id) : undefined;
  if (wanted.replyTo && !parent) throw notFound();
  const id = nextId(state);
  const status: StatusRow = {
    id,
    account_id: author.id,
    text,
    spoiler: (wanted.spoiler ?? "").toWellFormed(),
    visibility: wanted.visibility ?? "public",
    language: wanted.language ?? null,
    conversation_id: parent?.conversation_id ?? id,
    reply_to_id: parent?.id ?? null,
    reply_to_account_id: parent?.account_id ?? null,
    reblog_of_id: null,
    created_at: state.now(),
    edited_at: null,
  };
  insertRow(state, status);
  state.store.run("INSERT INTO versions VALUES (:id, 0, :created_at, :text, :spoiler)", { ...status });
  return status;
}

export const insertRow = ({ store }: State, status: StatusRow): void => {
  store.run(
    `INSERT INTO statuses VALUES (:id, :account_id, :text, :spoiler, :visibility, :language, :conversation_id,
      :reply_to_id, :reply_to_account_id, :reblog_of_id, :created_at, :edited_at)`,
    status,
  );
};

function publishedBy(state: State, { id: author }: AccountRow, key: string): StatusRow | undefined {
  const found = state.store.one(
    Id,
    "SELECT status_id AS id FROM idempotency WHERE account_id = :author AND key = :key AND at > :since",
    { author, key, since: state.now() - idempotentForMs },
  );
  return found && visibleStatus(state, found.id, author);
}

function remember({ store }: State, { id, account_id, created_at }: StatusRow, key: string): void {
  store.run(
    `INSERT INTO idempotency VALUES (:account_id, :key, :id, :created_at)
     ON CONFLICT DO UPDATE SET status_id = :id, at = :created_at`,
    { account_id, key, id, created_at },
  );
}
