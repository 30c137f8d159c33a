import fs from "node:fs";
import path from "node:path";
import { folderFiles } from "../console/build/folder-files.ts";
import { hashInputs } from "../console/build/input-hash.ts";
import { toInstalledPath, toSpelling } from "./names.ts";
import { isUsed, removeUnused } from "./unused.ts";

const CACHE = path.resolve(import.meta.dirname, "../../node_modules/.cache/earshot-packages");

/**
 * Source folders as an org reads them that has installed the first as a package with this namespace: its names have the
 * prefix, and where the other folders name them, too. Components stay as they were written: the platform resolves their imports.
 * Equal folders are copied once; a copy that nobody used for a day goes when the next one is made.
 */
export function installPackage(folders: readonly string[], namespace: string, cache = CACHE): readonly string[] {
  const [source] = folders;
  if (namespace === "" || source === undefined) return folders;
  const inputs = [...folders, import.meta.dirname].flatMap(metadataIn);
  const installed = path.join(cache, hashInputs(inputs, [namespace, ...folders]));
  const places = folders.map((_folder, at) => path.join(installed, String(at)));
  if (isUsed(installed)) return places;

  fs.mkdirSync(cache, { recursive: true });
  removeUnused(cache);
  const made = fs.mkdtempSync(`${installed}.`);
  folders.forEach((folder, at) => copy({ folder, source, namespace, target: path.join(made, String(at)) }));
  giveName(made, installed);
  return places;
}

interface Copy {
  readonly folder: string;
  readonly source: string;
  readonly namespace: string;
  readonly target: string;
}

function copy({ folder, source, namespace, target }: Copy): void {
  const spelling = toSpelling(source, namespace);
  const toPath = (file: string): string =>
    folder === source ? toInstalledPath(file, namespace, spelling) : spelling.own(file);
  fs.mkdirSync(target, { recursive: true });
  for (const file of metadataIn(folder)) {
    const place = path.join(target, toPath(path.relative(path.resolve(folder), file)));
    fs.mkdirSync(path.dirname(place), { recursive: true });
    fs.writeFileSync(place, spelling.own(fs.readFileSync(file, "utf8")));
  }
  const components = path.resolve(folder, "lwc");
  if (fs.existsSync(components)) fs.symlinkSync(components, path.join(target, "lwc"));
}

/** The first of those who do the same side by side wins. */
function giveName(made: string, name: string): void {
  try {
    fs.renameSync(made, name);
  } catch (error) {
    fs.rmSync(made, { recursive: true, force: true });
    if (!fs.existsSync(name)) throw error;
  }
}

function metadataIn(folder: string): readonly string[] {
  const components = path.resolve(folder, "lwc") + path.sep;
  return folderFiles(folder).filter((file) => !file.startsWith(components));
}
