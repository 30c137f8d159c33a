import { markSchema, toMarkKey } from "../flow/mark.ts";
import type { Mark } from "../flow/mark.ts";
import type { Journal } from "../journal/journal.ts";

export interface SharedMarkOptions {
  readonly journal: Journal;
  /** `<account>/<feed>`: its document is `cursor/<name>`. */
  readonly name: string;
  /** Told of how the feed stands after every change of ours. */
  readonly onMark: (mark: Mark) => void;
  /** Told of how it stands at the opening, and when another connector has changed that. */
  readonly onSeen: (mark: Mark) => void;
}

/** Where a feed stands that several connectors may write at once: each change is made on what stands there. */
export interface SharedMark {
  /** As we know it; undefined: nothing was ever noted. */
  readonly mark: Mark | undefined;
  /** Durable on return; `make` may be called several times. What changes nothing, as far as we know, is not written. */
  change(make: (mark: Mark | undefined) => Mark): Promise<void>;
  /** What is to be noted with the next change. */
  show(next: Mark): void;
  /** Learns what others have written. */
  refresh(): Promise<void>;
}

export async function openSharedMark({ journal, name, onMark, onSeen }: SharedMarkOptions): Promise<SharedMark> {
  const key = toMarkKey(name);
  let [mark, stored, revision]: [Mark | undefined, string | undefined, number] = [undefined, undefined, 0];

  async function read(): Promise<void> {
    const doc = await journal.get(key);
    if (doc !== undefined && doc.revision === revision) return;
    revision = doc?.revision ?? 0;
    mark = doc && markSchema.parse(JSON.parse(doc.value));
    stored = mark && JSON.stringify(mark);
    if (mark !== undefined) onSeen(mark);
  }

  function show(next: Mark): void {
    mark = next;
    onMark(next);
  }

  await read();
  return {
    get mark() {
      return mark;
    },
    show,
    async change(make) {
      for (;;) {
        const next = make(mark);
        const text = JSON.stringify(next);
        const written = text === stored ? revision : await journal.put(key, text, revision);
        if (written !== undefined) {
          [revision, stored] = [written, text];
          show(next);
          return;
        }
        await read();
      }
    },
    refresh: read,
  };
}
