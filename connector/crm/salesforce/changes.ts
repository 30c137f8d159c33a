import type { Clock } from "../../clock.ts";
import type { Feed } from "../../flow/feed.ts";
import type { CrmChange } from "../../model/change.ts";
import type { IsoTime } from "../../model/glossary.ts";
import type { Reply, ReplyOrder } from "../../model/reply.ts";
import type { Session } from "./connect.ts";
import type { Fields } from "./fields.ts";
import { number, parent, required, text, toRows, type Row } from "./rows.ts";
import { queryPath } from "./soql.ts";

export interface ChangesOptions {
  readonly session: Session;
  readonly fields: Fields;
  readonly clock: Clock;
  readonly sweepMs: number;
}

/**
 * All that waits for us, asked for again and again: replies queued, and what people decided on replies that failed or
 * hang. What is handed out twice has the same key twice. The cursor only tells when we asked last.
 */
export function openChanges({ session, fields, clock, sweepMs }: ChangesOptions): Feed<CrmChange> {
  return async function* (_cursor, signal) {
    while (!signal.aborted) {
      const now = clock.now();
      const steps = [{ ref: "replies", method: "GET" as const, path: queryPath(toSweep(fields, now)) }];
      const rows = await toRows(session, (await session.composite(steps, signal)).get("replies"), signal);
      yield { items: rows.flatMap((row) => toChange(fields, row) ?? []), cursor: now, heardUntil: now };
      await clock.sleep(sweepMs, signal);
    }
  };
}

function toSweep({ reply, post, account }: Fields, now: IsoTime): string {
  const columns = ["Id", reply.status, reply.attempt, reply.decision, `${reply.account.row}.${account.key}`];
  const due = `(${reply.sendAfter} = null OR ${reply.sendAfter} <= ${now})`;
  return (
    `SELECT ${[...columns, `${reply.post.row}.${post.key}`].join(", ")} FROM ${reply.object}` +
    ` WHERE (${reply.status} = 'Queued' AND ${due})` +
    ` OR (${reply.status} = 'Failed' AND ${reply.decision} = 'Retry')` +
    ` OR (${reply.status} = 'Checking' AND ${reply.decision} IN ('Was sent','Send again'))` +
    ` ORDER BY CreatedDate, Id`
  );
}

const ORDERS: Readonly<Record<string, ReplyOrder>> = {
  Queued: "send",
  Retry: "retry",
  "Was sent": "was-sent",
  "Send again": "send-again",
};

/** A new try raises the attempt, so that its key is new; "it was sent" settles the attempt that hangs. */
function toChange({ reply, account }: Fields, row: Row): CrmChange | undefined {
  const status = required(row, reply.status);
  const order = ORDERS[status === "Queued" ? status : (text(row, reply.decision) ?? "")];
  if (order === undefined) return undefined;
  const current = number(row, reply.attempt) ?? 1;
  const attempt = order === "retry" || order === "send-again" ? current + 1 : current;
  const id = required(row, "Id");
  const key = order === "was-sent" ? `${id}/${attempt}/was-sent` : `${id}/${attempt}`;
  const value: Reply = { key, row: id, attempt, order, account: text(parent(row, reply.account.row), account.key) };
  return { type: "reply", reply: value };
}
