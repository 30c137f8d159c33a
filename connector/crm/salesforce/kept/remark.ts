import type { Remark } from "../../../model/settings.ts";
import { COLLECTION, writeAll, type Collection } from "../collection.ts";
import { toLines } from "../lines.ts";
import type { NewRow } from "../post-row.ts";
import { isReplyGone as isRowGone } from "../reply-row.ts";
import type { KeptOptions } from "./kept-options.ts";
import type { Said } from "./read-kept.ts";

const LONGEST_DETAIL = 2000;

export interface RemarkOptions extends KeptOptions {
  /** What rows say as far as we know; grows by what is written. */
  readonly said: Said;
}

/**
 * Says on rows what became of them: one call where any says something else, none where all say so already. Nothing else of a
 * row is written, so what somebody changes meanwhile stays. Throws what the org says where it refuses one; the others stand.
 */
export async function remark(
  { session, fields: f, said }: RemarkOptions,
  remarks: readonly Remark[],
  signal: AbortSignal,
): Promise<void> {
  const news = new Map(
    remarks.map(({ on, id, state, detail }) => [id, { on, state, detail: toLines(detail, LONGEST_DETAIL) }]),
  );
  for (const [id, { state, detail }] of news) {
    const before = said.get(id);
    if (before?.state === state && before.detail === detail) news.delete(id);
  }
  const toCollection = (on: Remark["on"]): Collection => {
    const { object, state, stateDetail } = f[on];
    const mine = [...news].filter(([, one]) => one.on === on);
    const rows = mine.map(([id, one]): [string, NewRow] => {
      return [id, { Id: id, [state]: one.state, [stateDetail]: one.detail === "" ? null : one.detail }];
    });
    return { ref: on, method: "PATCH", path: COLLECTION, type: object, rows: new Map(rows), isDone: isRowGone };
  };
  // What is not written is not known either: it is written the next time.
  for (const id of news.keys()) said.delete(id);
  // Whoever keeps the settings holds the next reading up no longer than the reading itself is held.
  await writeAll(session, [toCollection("listener"), toCollection("rule")], { urgency: "urgent", signal });
  for (const [id, { state, detail }] of news) said.set(id, { state, detail });
}
