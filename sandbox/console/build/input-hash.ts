import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { folderFiles } from "./folder-files.ts";

/** A digest of the files (their paths and bytes) and of the words given: equal inputs build equal pages. */
export function hashInputs(files: readonly string[], words: readonly string[]): string {
  const hash = createHash("sha256");
  for (const word of words) hash.update(`${word}\0`);
  for (const file of files) {
    hash.update(`${file}\0`);
    hash.update(fs.readFileSync(file));
  }
  return hash.digest("hex").slice(0, 24);
}

/** Everything of a source folder and of the console that a built page depends on, tests left out. */
export function buildInputs(forceApp: string, consoleFolder: string): readonly string[] {
  const rooms = ["lwc", "labels", "messageChannels", "customPermissions"].map((room) => path.join(forceApp, room));
  const own = ["build", "lightning", "page"].map((room) => path.join(consoleFolder, room));
  return [...rooms, ...own].flatMap(folderFiles).filter((file) => !/\.test\.[jt]s$|__tests__/.test(file));
}
