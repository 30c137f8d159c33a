import { DiskTrouble, Misconfigured, Unavailable } from "../../errors.ts";

/** SQLite's primary result codes that a healthy journal can meet. */
const BUSY = 5;
const READONLY = 8;
const IO_ERROR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANNOT_OPEN = 14;
const NOT_A_DATABASE = 26;

/** SQLite's primary result code, undefined for any other error. */
function toResultCode(error: unknown): number | undefined {
  if (!Error.isError(error) || !("errcode" in error) || typeof error.errcode !== "number") return undefined;
  return error.errcode & 0xff;
}

export function isBusy(error: unknown): boolean {
  return toResultCode(error) === BUSY;
}

export function isDamage(error: unknown): boolean {
  return toResultCode(error) === CORRUPT;
}

/** What SQLite refused, as one of the fates: a full disk can be waited for, a broken file cannot. */
export function toJournalError(error: unknown, file: string): Error {
  switch (toResultCode(error)) {
    case BUSY:
      return new Unavailable(`The journal ${file} is locked by another program.`, { cause: error });
    case FULL:
      return new DiskTrouble(`The disk that holds the journal ${file} is full.`, { cause: error });
    case IO_ERROR:
      return new DiskTrouble(`The disk that holds the journal ${file} fails.`, { cause: error });
    case CORRUPT:
      return new Misconfigured(
        `The journal ${file} is damaged. Restore it from a backup, or move it away to start anew.`,
      );
    case NOT_A_DATABASE:
      return new Misconfigured(`The file ${file} is not a journal. Name another file, or move this one away.`);
    case CANNOT_OPEN:
    case READONLY:
      return new Misconfigured(
        `The journal ${file} cannot be written. Check that its disk is not read-only, and run this as the user it belongs to.`,
      );
    default:
      return Error.isError(error) ? error : new Error(String(error));
  }
}
