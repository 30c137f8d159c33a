import { realpathSync, statSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Misconfigured } from "../../errors.ts";
import { isBusy, toJournalError } from "./failure.ts";

export interface FileLock {
  /** Safe to repeat. */
  readonly release: () => void;
}

/**
 * Takes the journal for this process. The lock is an open transaction on an empty database beside it: the operating
 * system drops it when the process dies, however it dies, so no stale lock is ever left behind.
 */
export async function lockFile(file: string): Promise<FileLock> {
  await makeDirectory(file);
  const holder = openHolder(file);
  return {
    release: () => {
      if (holder.isOpen) holder.close();
    },
  };
}

/** For who only visits: takes nothing, and throws `Misconfigured` where there is no journal. */
export function requireFile(file: string): FileLock {
  if (!isFile(file)) throw new Misconfigured(`${file} is a folder. Name the journal's file in it.`);
  return { release: () => undefined };
}

function isFile(file: string): boolean {
  try {
    return !statSync(file).isDirectory();
  } catch (cause) {
    const isMissing = Error.isError(cause) && "code" in cause && cause.code === "ENOENT";
    const message = isMissing
      ? `There is no journal ${file} yet. Start the connector once, or name the file that it has.`
      : `The journal ${file} is out of reach. Run this as the user it belongs to.`;
    throw new Misconfigured(message, { cause });
  }
}

/** The lock lies beside the file itself, whatever links lead to it. */
export function toLockName(file: string): string {
  try {
    return `${realpathSync(file)}.lock`;
  } catch {
    // Not there yet, or out of reach.
    return `${file}.lock`;
  }
}

async function makeDirectory(file: string): Promise<void> {
  try {
    // What customers wrote in private is nobody's to read who only has an account on this machine.
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new Misconfigured(
      `The journal's directory ${dirname(file)} cannot be made: make it for the user of the connector, or name another file.`,
      { cause: error },
    );
  }
}

function openHolder(file: string): DatabaseSync {
  let holder: DatabaseSync | undefined;
  try {
    // A command that looks whether it is held has it for a moment.
    holder = new DatabaseSync(toLockName(file), { timeout: 200 });
    holder.exec("BEGIN EXCLUSIVE");
    return holder;
  } catch (error) {
    holder?.close();
    if (!isBusy(error)) throw toJournalError(error, file);
    throw new Misconfigured(`Another connector has the journal ${file} open. Stop it, or give this one another file.`);
  }
}
