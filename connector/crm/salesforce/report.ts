import type { News } from "../crm.ts";
import { Unavailable } from "../../errors.ts";
import type { Session } from "./connect.ts";
import type { Fields } from "./fields.ts";
import { toRowOutcome } from "./outcome.ts";
import { toFitting } from "./post-row.ts";
import { toRowResults } from "./rows.ts";

/** Our accounts and how they fare, written to their rows; made where they are not there yet. One call. */
export async function report(
  session: Session,
  { account: a }: Fields,
  news: readonly News[],
  signal: AbortSignal,
): Promise<void> {
  if (news.length === 0) return;
  const records = news.map(({ account, health, detail, lastHeardAt }) => ({
    attributes: { type: a.object },
    [a.key]: account.key,
    [a.network]: account.network,
    [a.handle]: account.handle,
    [a.mode]: account.mode === "engage" ? "Engage" : "Listen only",
    [a.textLimit]: account.textLimit,
    [a.urlLength]: account.urlLength,
    [a.health]: health,
    [a.healthDetail]: toFitting(detail, 255),
    ...(lastHeardAt === undefined ? {} : { [a.lastHeardAt]: lastHeardAt }),
  }));
  const path = `composite/sobjects/${a.object}/${a.key}`;
  const results = await session.composite(
    [{ ref: "accounts", method: "PATCH", path, body: { allOrNone: false, records } }],
    signal,
  );
  for (const result of toRowResults(results.get("accounts"))) {
    const outcome = toRowOutcome(result, () => false);
    if (outcome === "again") throw new Unavailable("Salesforce holds a lock on an account's row");
    if (outcome !== undefined) throw new Error(outcome.detail);
  }
}
