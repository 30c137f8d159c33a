import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { isBusy, toJournalError } from "./failure.ts";
import { toLockName } from "./lock.ts";

/** Does a connector have the journal open? Takes nothing from it, and waits for nothing. */
export function isHeld(file: string): boolean {
  const lock = toLockName(file);
  if (!existsSync(lock)) return false;
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(lock, { readOnly: true, timeout: 0 });
    db.prepare("SELECT count(*) FROM sqlite_schema").get();
    return false;
  } catch (error) {
    if (isBusy(error)) return true;
    throw toJournalError(error, file);
  } finally {
    db?.close();
  }
}
