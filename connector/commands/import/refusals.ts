import { open, rm, type FileHandle } from "node:fs/promises";
import type { Fault } from "../../wire/import-desk.ts";
import { toPrintable } from "../words.ts";
import type { Row } from "./read-rows.ts";

/** What could not be taken of a file. */
export interface Refusals extends AsyncDisposable {
  readonly count: number;
  add(row: Row, faults: readonly Fault[]): Promise<void>;
}

/** More than these nobody reads in a terminal: the file has them all. */
const MOST_TOLD = 20;

/**
 * Tells of each refused line its number, reason and remedy, and writes them to `file` with the line itself, which stands there
 * and nowhere else. The file is there only if a line was refused, and for its owner alone.
 */
export async function openRefusals(file: string, tell: (line: string) => void): Promise<Refusals> {
  await rm(file, { force: true });
  let handle: FileHandle | undefined;
  let count = 0;
  return {
    get count() {
      return count;
    },
    async add({ line, raw }, faults) {
      count += 1;
      handle ??= await open(file, "w", 0o600);
      await handle.appendFile(`${JSON.stringify({ line, faults, raw })}\n`);
      if (count > MOST_TOLD + 1) return;
      if (count > MOST_TOLD) tell(`… all refused lines are in ${file}`);
      else
        tell(`line ${line}: ${faults.map(({ path, remedy }) => toPrintable(`${path} ${remedy}`.trim())).join("; ")}`);
    },
    [Symbol.asyncDispose]: async () => await handle?.close(),
  };
}
