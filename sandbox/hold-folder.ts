import path from "node:path";
import { DatabaseSync } from "node:sqlite";

/** The folder of the sandbox's state is in use. */
export class FolderTaken extends Error {
  constructor(folder: string) {
    super(`Another Earshot runs on ${folder}: stop that one, or choose another folder with --data`);
  }
}

/** Holds a folder for this process alone until it is disposed of or the process dies. Throws `FolderTaken`. */
export function holdFolder(folder: string): Disposable {
  const lock = new DatabaseSync(path.join(folder, "in-use"));
  try {
    lock.exec("BEGIN EXCLUSIVE");
  } catch {
    lock.close();
    throw new FolderTaken(folder);
  }
  return { [Symbol.dispose]: () => lock.close() };
}
