import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const Progress = z.object({ step: z.int(), ids: z.record(z.string(), z.string()) });

export interface ProgressNotes {
  /** The number of samples played. */
  readonly step: () => number;
  /** The network's id of a post that was played. */
  readonly idOf: (ref: string) => string;
  /** Notes that the next sample was played; for a post, as what. Durable on return as a whole or not at all. */
  readonly done: (post: { ref: string; id: string } | undefined) => void;
}

/** How far the samples were played, in `samples.json` in the folder. */
export function openProgress(dir: string): ProgressNotes {
  mkdirSync(dir, { recursive: true });
  const file = join(dir, "samples.json");
  let progress = read(file);
  return {
    step: () => progress.step,
    idOf: (ref) => {
      const id = progress.ids[ref];
      if (id === undefined) throw new Error(`The sample post ${ref} was not played yet`);
      return id;
    },
    done: (post) => {
      const ids = post ? { ...progress.ids, [post.ref]: post.id } : progress.ids;
      progress = { step: progress.step + 1, ids };
      writeFileSync(`${file}.new`, JSON.stringify(progress), { flush: true });
      renameSync(`${file}.new`, file);
    },
  };
}

function read(file: string): z.infer<typeof Progress> {
  if (!existsSync(file)) return { step: 0, ids: {} };
  try {
    return Progress.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    throw new Error(`${file} cannot be read: remove it to play the samples from the start`, { cause: error });
  }
}
