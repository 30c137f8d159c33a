import type { Clock } from "../clock.ts";
import { isOnServer } from "../config/journal-place.ts";
import type { Copy, Original } from "../journal/copying.ts";
import { openSqliteCopy } from "../journal/sqlite/copy.ts";
import { openSqliteOriginal } from "../journal/sqlite/original.ts";

/** Where a journal is or will be. */
export interface JournalPlace {
  /** A file, or the address of a server. */
  readonly journal: string;
  readonly password?: string | undefined;
}

/**
 * A journal to be copied. `alone`: no connector may be at work on it. Throws `Misconfigured` where there is no such journal
 * or a connector is, `Unavailable` where a server cannot be reached.
 */
export async function openOriginal(
  { journal, password }: JournalPlace,
  options: { readonly alone: boolean; readonly clock: Clock },
): Promise<Original> {
  if (isOnServer(journal)) {
    const { openPostgresOriginal } = await import("../journal/postgres/original.ts");
    return await openPostgresOriginal({ url: journal, password, ...options });
  }
  return await openSqliteOriginal({ file: journal, alone: options.alone });
}

/** A place for a copy, or one that was begun there. Throws `Misconfigured` where anything else is there. */
export async function openCopy({ journal, password }: JournalPlace, clock: Clock): Promise<Copy> {
  if (isOnServer(journal)) {
    const { openPostgresCopy } = await import("../journal/postgres/copy.ts");
    return await openPostgresCopy({ url: journal, password, clock });
  }
  return await openSqliteCopy({ file: journal });
}
