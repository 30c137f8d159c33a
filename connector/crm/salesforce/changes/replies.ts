import type { CrmChange } from "../../../model/change.ts";
import type { IsoTime } from "../../../model/glossary.ts";
import type { Reply, ReplyOrder } from "../../../model/reply.ts";
import type { Fields } from "../fields.ts";
import { UNSENT } from "../places.ts";
import { number, parent, required, text, type Row } from "../rows.ts";
import { isIn } from "../soql.ts";

/** Longer than a sender needs that has not lost its journal. One that waits for its network is told of it in vain. */
const LEFT_AFTER_MS = 60 * 60_000;

/**
 * All replies that wait for us now: queued, decided on after they failed or hung, or left behind in the middle. And those that
 * were saved since then, are not sent, and may quote what an author has changed (`written.ts`).
 */
export function toReplyQuery(
  { reply, post, account }: Fields,
  { now, writtenSince }: { readonly now: IsoTime; readonly writtenSince: IsoTime },
): string {
  const columns = ["Id", reply.status, reply.attempt, reply.decision, `${reply.account.row}.${account.key}`];
  const state = ["SystemModstamp", "LastModifiedById", reply.text, reply.privateText, reply.case.id];
  const ofPost = [post.key, post.version].map((field) => `${reply.post.row}.${field}`);
  const mayQuote = `(${reply.post.row}.${post.editedAt} != null OR ${reply.case.id} != null)`;
  const longAgo = new Date(Date.parse(now) - LEFT_AFTER_MS).toISOString();
  const due = `(${reply.sendAfter} = null OR ${reply.sendAfter} <= ${now})`;
  return (
    `SELECT ${[...columns, ...state, ...ofPost].join(", ")} FROM ${reply.object}` +
    ` WHERE (${reply.status} = 'Queued' AND ${due})` +
    ` OR (${reply.status} = 'Failed' AND ${reply.decision} = 'Retry')` +
    ` OR (${reply.status} = 'Checking' AND ${reply.decision} IN ('Was sent','Send again'))` +
    ` OR (${reply.status} = 'Sending' AND LastModifiedDate < ${longAgo})` +
    ` OR (${isIn(reply.status, UNSENT)} AND SystemModstamp >= ${writtenSince} AND ${mayQuote})` +
    ` ORDER BY CreatedDate, Id`
  );
}

const ORDERS: Readonly<Record<string, ReplyOrder>> = {
  Queued: "send",
  Sending: "left",
  Retry: "retry",
  "Was sent": "was-sent",
  "Send again": "send-again",
};

/** A new try raises the attempt, so that its key is new; "it was sent" settles the attempt that hangs. */
export function toReplyChanges({ reply, account }: Fields, rows: readonly Row[]): readonly CrmChange[] {
  return rows.flatMap((row): CrmChange[] => {
    const status = required(row, reply.status);
    const order = ORDERS[status] ?? ORDERS[text(row, reply.decision) ?? ""];
    if (order === undefined) return [];
    const current = number(row, reply.attempt) ?? 1;
    const attempt = order === "retry" || order === "send-again" ? current + 1 : current;
    const id = required(row, "Id");
    const key = order === "was-sent" || order === "left" ? `${id}/${attempt}/${order}` : `${id}/${attempt}`;
    const value: Reply = { key, row: id, attempt, order, account: text(parent(row, reply.account.row), account.key) };
    return [{ type: "reply", reply: value }];
  });
}
