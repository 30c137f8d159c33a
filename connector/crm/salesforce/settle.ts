import type { Reply, Verdict } from "../../model/reply.ts";
import type { Session } from "./connect.ts";
import type { Fields } from "./fields.ts";
import { Unavailable } from "../../errors.ts";
import { toRowOutcome, type RowError } from "./outcome.ts";
import { toFitting, type NewRow } from "./post-row.ts";
import { toRowResults } from "./rows.ts";

/** A rule of ours refuses to settle what is settled, or what a newer attempt holds: then nothing is left to do. */
const SETTLED = new Set(["ENTITY_IS_DELETED", "INVALID_CROSS_REFERENCE_KEY", "NOT_FOUND"]);

/** Writes what became of a reply; safe to repeat. Throws where the org refuses for a reason that is not ours. */
export async function settle(
  session: Session,
  f: Fields,
  reply: Reply,
  verdict: Verdict,
  signal: AbortSignal,
): Promise<void> {
  const record = { attributes: { type: f.reply.object }, Id: reply.row, ...toVerdictRow(f, verdict) };
  const steps = [
    {
      ref: "settle",
      method: "PATCH" as const,
      path: "composite/sobjects",
      body: { allOrNone: false, records: [record] },
    },
  ];
  const result = toRowResults((await session.composite(steps, signal)).get("settle"))[0];
  const outcome = toRowOutcome(result, ({ statusCode }: RowError) => SETTLED.has(statusCode));
  if (outcome === "again") throw new Unavailable("Salesforce holds a lock on the reply's row");
  if (outcome !== undefined) throw new Error(outcome.detail);
}

function toVerdictRow({ reply: r }: Fields, verdict: Verdict): NewRow {
  if (verdict.status !== "Sent")
    return { [r.status]: verdict.status, [r.statusDetail]: toFitting(verdict.detail, 255) };
  const { post, at } = verdict;
  return {
    [r.status]: "Sent",
    [r.statusDetail]: null,
    [r.sentAt]: post?.postedAt ?? at,
    ...(post === undefined ? {} : { [r.sentPostKey]: post.key, [r.sentText]: post.text }),
  };
}
