import { existsSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { Misconfigured } from "../../errors.ts";
import type { Copy } from "../copying.ts";
import { toDraftName } from "./database.ts";
import { openDraft, removeDraft } from "./draft.ts";
import { lockFile } from "./lock.ts";

export interface SqliteCopyOptions {
  /** Where the copy is put when it is whole. Until then it is `<file>.copying`, and no connector can begin a journal here. */
  readonly file: string;
  readonly rowsAtOnce?: number | undefined;
}

/** Goes on where an earlier one ended. Throws `Misconfigured` where the place holds anything else. */
export async function openSqliteCopy({ file, rowsAtOnce = 1000 }: SqliteCopyOptions): Promise<Copy> {
  refuseTaken(file);
  const lock = await lockFile(file);
  try {
    return await openLocked(file, rowsAtOnce, async () => {
      // Of no use to what lies here now, and a connector makes its own.
      await rm(`${file}.lock`, { force: true });
      lock.release();
    });
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function openLocked(file: string, rowsAtOnce: number, unlock: () => Promise<void>): Promise<Copy> {
  const draftFile = toDraftName(file);
  let draft = await openDraft(draftFile, rowsAtOnce);
  return {
    place: file,
    get note() {
      return draft.readNote();
    },
    entries: (afterSeq) => draft.entries(afterSeq),
    digests: (after) => draft.digests(after),
    documents: (afterKey) => draft.documents(afterKey),
    find: (log, keys) => draft.find(log, keys),
    write: (chunk, note) => draft.write(chunk, note),
    finish: async (facts) => {
      await draft.makeJournal(facts);
      draft.close();
      await sync(draftFile);
      refuseTaken(file);
      await rename(draftFile, file);
      await sync(dirname(file));
    },
    clear: async () => {
      draft.close();
      await removeDraft(draftFile);
      draft = await openDraft(draftFile, rowsAtOnce);
    },
    [Symbol.asyncDispose]: async () => {
      draft.close();
      await unlock();
    },
  };
}

function refuseTaken(file: string): void {
  if (existsSync(file))
    throw new Misconfigured(`There is a file ${file} already. Name one that is not there, or move it away.`);
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
