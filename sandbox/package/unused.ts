import fs from "node:fs";
import path from "node:path";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Notes that a folder is in use. False where it is not there to be used. */
export function isUsed(folder: string, now = Date.now()): boolean {
  try {
    fs.utimesSync(folder, new Date(now), new Date(now));
    return true;
  } catch {
    return false;
  }
}

/** Removes what stands in a folder and nobody used for a day. Processes side by side may all do so: each part goes once. */
export function removeUnused(cache: string, now = Date.now()): void {
  for (const name of fs.readdirSync(cache)) {
    const folder = path.join(cache, name);
    const used = fs.statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? now;
    if (now - used > DAY_MS) remove(folder);
  }
}

/** Renamed before it is emptied: whoever comes meanwhile finds it whole or not at all. */
function remove(folder: string): void {
  const leaving = `${folder}.${process.pid}`;
  try {
    fs.renameSync(folder, leaving);
  } catch (error) {
    if (fs.existsSync(folder)) throw error;
    return;
  }
  isUsed(leaving);
  fs.rmSync(leaving, { recursive: true, force: true });
}
