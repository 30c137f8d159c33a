import type { Reply, Verdict } from "../../model/reply.ts";
import type { Session } from "./connect.ts";
import type { Fields } from "./fields.ts";
import { Unavailable } from "../../errors.ts";
import { toRowOutcome } from "./outcome.ts";
import { toFitting, type NewRow } from "./post-row.ts";
import { isOvertaken, isReplyGone, LONGEST_DETAIL } from "./reply-row.ts";
import { toRowResults } from "./rows.ts";

/** Writes what became of a reply; safe to repeat. Throws where the org refuses for a reason that is not ours. */
export async function settle(
  session: Session,
  f: Fields,
  reply: Reply,
  verdict: Verdict,
  signal: AbortSignal,
): Promise<void> {
  const { attempt } = reply;
  const row = { Id: reply.row, [f.reply.attempt]: attempt, ...toVerdictRow(f, verdict) };
  const record = { attributes: { type: f.reply.object }, ...row };
  const steps = [
    {
      ref: "settle",
      method: "PATCH" as const,
      path: "composite/sobjects",
      body: { allOrNone: false, records: [record] },
    },
  ];
  const result = toRowResults((await session.composite(steps, signal)).get("settle"))[0];
  const outcome = toRowOutcome(result, (error) => isReplyGone(error) || isOvertaken(f, error));
  if (outcome === "again") throw new Unavailable("Salesforce holds a lock on the reply's row");
  if (outcome !== undefined) throw new Error(outcome.detail);
}

function toVerdictRow({ reply: r }: Fields, verdict: Verdict): NewRow {
  if (verdict.status !== "Sent")
    return { [r.status]: verdict.status, [r.statusDetail]: toFitting(verdict.detail, LONGEST_DETAIL) };
  const { post, at } = verdict;
  return {
    [r.status]: "Sent",
    [r.statusDetail]: null,
    [r.sentAt]: post?.postedAt ?? at,
    ...(post === undefined ? {} : { [r.sentPostKey]: post.key }),
    // Private words stand in one place only: on our own post's row.
    ...(post?.visibility === "public" ? { [r.sentText]: post.text } : {}),
  };
}
