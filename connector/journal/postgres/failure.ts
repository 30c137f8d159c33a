import pg from "pg";
import { DiskTrouble, Misconfigured, Unavailable } from "../../errors.ts";

/** The server ended the connection, or ends as a whole: nobody knows whether what was under way was done. */
const ENDED = new Set(["57P01", "57P02", "57P03", "57P05"]);
/** The server undid what was asked because of what others did at the same time. */
const UNDONE = new Set(["40001", "40P01"]);
/** The certificate, or that there is none, is nothing that mends itself. */
const TLS_CODE = /CERT|^ERR_TLS|^ERR_SSL|^EPROTO$|UNABLE_TO_(?:GET|VERIFY)/u;

function toCode(error: unknown): string {
  return Error.isError(error) && "code" in error && typeof error.code === "string" ? error.code : "";
}

/** Asked of a journal after its end. */
export class Closed extends Error {
  override readonly name = "Closed";

  constructor() {
    super("The journal is closed.");
  }
}

/** Of the driver or the operating system, which throw no errors of a kind of their own; mistakes of ours have one. */
function isOfTheLine(error: unknown): error is Error {
  return Error.isError(error) && (error.name === "Error" || error.name === "AggregateError");
}

/** The driver gives this refusal no code. */
function isUnencrypted(error: Error): boolean {
  return error.message.includes("does not support SSL");
}

/** Did the connection break, rather than the server answer? What was asked on it may have been done. */
export function isLost(error: unknown): boolean {
  if (!(error instanceof pg.DatabaseError)) return isOfTheLine(error);
  return ENDED.has(toCode(error)) || toCode(error).startsWith("08");
}

/** May the same be asked again at once? */
export function isUndone(error: unknown): boolean {
  return UNDONE.has(toCode(error));
}

/** This server may not be written any more, another one perhaps. */
export function isReadOnly(error: unknown): boolean {
  return toCode(error) === "25006";
}

/** Has the server no connection left? Those that are open go on. */
export function isFull(error: unknown): boolean {
  return toCode(error) === "53300";
}

/** What the server refused, as one of the fates. `label` is what messages call the database. */
export function toJournalError(error: unknown, label: string): Error {
  if (error instanceof pg.DatabaseError) return toRefusal(error, label);
  if (!isOfTheLine(error)) return Error.isError(error) ? error : new Error(String(error));
  const place = `The journal's database ${label}`;
  const because = { cause: error };
  const code = toCode(error);
  if (TLS_CODE.test(code)) {
    return new Misconfigured(
      `${place} cannot be spoken to in private (${code}). Check its certificate, sslmode and sslrootcert.`,
      because,
    );
  }
  if (isUnencrypted(error)) {
    return new Misconfigured(`${place} offers no encryption. Turn it on there, or leave sslmode out.`, because);
  }
  return new Unavailable(`${place} cannot be reached${code === "" ? "" : ` (${code})`}.`, because);
}

function toRefusal(error: pg.DatabaseError, label: string): Error {
  const code = toCode(error);
  const place = `The journal's database ${label}`;
  const because = { cause: error };
  switch (code) {
    case "28P01":
    case "28000":
      return new Misconfigured(
        `${place} refuses the user or the password. Check EARSHOT_JOURNAL_PASSWORD, the user in the journal's URL, and pg_hba.conf.`,
        because,
      );
    case "3D000":
      return new Misconfigured(`There is no database ${label}. Make it, or name another one.`, because);
    case "42501":
      return new Misconfigured(
        `${place} gives the user too few rights (${error.message}). Let it own the journal's schema.`,
        because,
      );
    case "3F000":
    case "42P01":
    case "42883":
      return new Misconfigured(`${place} holds the journal no more, or in part. Restore it from a backup.`, because);
    case "XX001":
    case "XX002":
      return new Misconfigured(`${place} is damaged. Restore it from a backup.`, because);
    case "53100":
      return new DiskTrouble(`The disk of the journal's database ${label} is full.`, because);
    case "58030":
      return new DiskTrouble(`The disk of the journal's database ${label} fails.`, because);
    case "53300":
      return new Unavailable(
        `${place} has no connection left. Raise max_connections, or run fewer connectors.`,
        because,
      );
    case "25006":
      return new Unavailable(`${place} is read-only now.`, because);
    case "57014":
      return new Unavailable(`${place} takes too long.`, because);
    default:
      return isPassing(code) ? new Unavailable(`${place} cannot serve now (${code}).`, because) : error;
  }
}

/** Connections, conflicts, resources, objects in use, shutting down and starting. */
function isPassing(code: string): boolean {
  return ["08", "40", "53", "55", "57"].includes(code.slice(0, 2));
}
