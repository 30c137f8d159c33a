import { toFitting } from "../../model/fitting.ts";
import type { Reply, Verdict } from "../../model/reply.ts";
import { COLLECTION, writeAll, type Collection } from "./collection.ts";
import type { Session } from "./connect.ts";
import type { Fields } from "./fields.ts";
import { LONGEST_TEXT, toLines } from "./lines.ts";
import type { NewRow } from "./post-row.ts";
import { isOvertaken, isReplyGone, LONGEST_DETAIL } from "./reply-row.ts";

/** Writes what became of a reply; safe to repeat. Throws where the org refuses for a reason that is not ours. */
export async function settle(
  session: Session,
  f: Fields,
  reply: Reply,
  verdict: Verdict,
  signal: AbortSignal,
): Promise<void> {
  const row = { Id: reply.row, [f.reply.attempt]: reply.attempt, ...toVerdictRow(f, verdict) };
  const settled: Collection = {
    ref: "settle",
    method: "PATCH",
    path: COLLECTION,
    type: f.reply.object,
    rows: new Map([[reply.row, row]]),
    isDone: (error) => isReplyGone(error) || isOvertaken(f, error),
  };
  await writeAll(session, [settled], { urgency: "reply", signal });
}

function toVerdictRow({ reply: r }: Fields, verdict: Verdict): NewRow {
  // Decided and done with: a decision that stayed would be carried out again.
  if (verdict.status === "Failed")
    return { [r.status]: "Failed", [r.statusDetail]: toFitting(verdict.detail, LONGEST_DETAIL), [r.decision]: null };
  if (verdict.status === "Checking")
    return { [r.status]: "Checking", [r.statusDetail]: toFitting(verdict.detail, LONGEST_DETAIL) };
  return {
    [r.status]: "Sent",
    [r.statusDetail]: null,
    [r.sentAt]: verdict.at,
    ...(verdict.post === undefined ? {} : { [r.sentPostKey]: verdict.post }),
    // Private words stand in one place only: on our own post's row.
    ...(verdict.publicText === undefined ? {} : { [r.sentText]: toLines(verdict.publicText, LONGEST_TEXT) }),
  };
}
