import type { News } from "../crm.ts";
import { toFitting } from "../../model/fitting.ts";
import { toUpsertPath, writeAll } from "./collection.ts";
import type { Session } from "./connect.ts";
import type { Fields } from "./fields.ts";
import type { NewRow } from "./post-row.ts";

/** Our accounts and how they fare, written to their rows; made where they are not there yet. One call. */
export async function report(session: Session, f: Fields, news: readonly News[], signal: AbortSignal): Promise<void> {
  const accounts = {
    ref: "accounts",
    method: "PATCH",
    path: toUpsertPath(f.account.object, f.account.key),
    type: f.account.object,
    rows: new Map(news.map((one) => [one.account.key, toAccountRow(f, one)])),
    isDone: () => false,
  } as const;
  await writeAll(session, [accounts], signal);
}

function toAccountRow({ account: a }: Fields, { account, health, detail, lastHeardAt }: News): NewRow {
  return {
    [a.key]: account.key,
    [a.network]: account.network,
    [a.handle]: account.handle,
    [a.mode]: account.mode === "engage" ? "Engage" : "Listen only",
    [a.textLimit]: account.textLimit,
    [a.urlLength]: account.urlLength,
    [a.health]: health,
    [a.healthDetail]: toFitting(detail, 255),
    ...(lastHeardAt === undefined ? {} : { [a.lastHeardAt]: lastHeardAt }),
  };
}
