import { chown, copyFile, mkdir, readdir } from "node:fs/promises";
import path from "node:path";
import type { Owner } from "./owner.ts";

export interface CopyOptions {
  readonly owner: Owner | undefined;
  /** Names below the root whose content is left out. */
  readonly emptied: readonly string[];
  /** Names below the root that are left out. */
  readonly without: readonly string[];
}

/** Copies a folder that is being written to: files that go meanwhile are left out. */
export async function copyTree(from: string, to: string, { owner, emptied, without }: CopyOptions): Promise<void> {
  const give = async (file: string): Promise<void> => {
    if (owner !== undefined) await chown(file, owner.uid, owner.gid);
  };

  async function copyFolder(below: string): Promise<void> {
    await mkdir(path.join(to, below), { recursive: true, mode: 0o700 });
    await give(path.join(to, below));
    for (const entry of await readdir(path.join(from, below), { withFileTypes: true })) {
      const name = path.join(below, entry.name);
      if (without.includes(name) || (emptied.includes(below) && !entry.isDirectory())) continue;
      if (entry.isDirectory()) await copyFolder(name);
      else await copyOne(name);
    }
  }

  async function copyOne(name: string): Promise<void> {
    try {
      await copyFile(path.join(from, name), path.join(to, name));
      await give(path.join(to, name));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
  }

  await copyFolder("");
}
