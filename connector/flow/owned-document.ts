import { Taken } from "../errors.ts";
import type { Journal } from "../journal/journal.ts";

/** A document that one owner moves on, and that another owner's writing takes away. */
export interface OwnedDocument<T> {
  readonly value: T | undefined;
  /** Durable on return. After a failure the same or another value may be put. Throws `Taken` when somebody else has written it. */
  put(value: T): Promise<void>;
}

/** Reads the document as it stands; `parse` makes sense of its JSON and throws where it cannot. */
export async function openOwnedDocument<T>(
  journal: Journal,
  key: string,
  parse: (json: unknown) => T,
): Promise<OwnedDocument<T>> {
  const found = await journal.get(key);
  let revision = found?.revision ?? 0;
  let value = found && parse(JSON.parse(found.value));
  /** Puts at this revision whose answers were lost: one of them may have been made all the same. */
  let doubtful = new Set<string>();

  async function put(next: T): Promise<void> {
    const text = JSON.stringify(next);
    doubtful.add(text);
    let written = await journal.put(key, text, revision);
    if (written === undefined) {
      const now = await journal.get(key);
      if (now?.revision !== revision + 1 || !doubtful.has(now.value)) throw toTakenOver(key);
      written = now.value === text ? now.revision : await journal.put(key, text, now.revision);
      if (written === undefined) throw toTakenOver(key);
    }
    revision = written;
    value = next;
    doubtful = new Set();
  }

  return {
    get value() {
      return value;
    },
    put,
  };
}

function toTakenOver(key: string): Taken {
  return new Taken(`Another connector has taken over "${key}"`);
}
