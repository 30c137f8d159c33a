import type { RecordPageAnswer } from "../contract.ts";
import type { RecordData } from "../lightning/uiRecordApi.ts";
import { onRecordChange } from "./record-changes.ts";
import { loadRecord } from "./record-loading.ts";

/** The record of a page. Its panels draw themselves again when it changes, until the page is left. */
export interface LiveRecord {
  readonly id: string;
  readonly page: RecordPageAnswer;
  /** Calls back with the record now and after every change. */
  show(draw: (record: RecordData) => void): void;
}

/** Loads the record, tells the org that it was opened, and follows its changes until `signal` says that the page was left. */
export async function openLiveRecord(page: RecordPageAnswer, id: string, signal: AbortSignal): Promise<LiveRecord> {
  let record = await loadRecord(page, id, true);
  const listeners: ((record: RecordData) => void)[] = [];
  const reload = async (): Promise<void> => {
    const fresh = await loadRecord(page, id).catch(() => undefined);
    if (fresh === undefined || signal.aborted) return;
    record = fresh;
    for (const draw of listeners) draw(record);
  };
  signal.addEventListener(
    "abort",
    onRecordChange(id, () => void reload()),
  );
  return {
    id: record.id,
    page,
    show(draw) {
      listeners.push(draw);
      draw(record);
    },
  };
}
