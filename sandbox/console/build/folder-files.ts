import fs from "node:fs";
import path from "node:path";

/** Every file under a folder, absolute and in a stable order. A folder that is not there has none. */
export function folderFiles(folder: string): readonly string[] {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.resolve(entry.parentPath, entry.name))
    .sort();
}
