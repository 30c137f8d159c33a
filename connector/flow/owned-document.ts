import { Misconfigured } from "../errors.ts";
import type { Journal } from "../journal/journal.ts";

/** A document that one owner moves on, and that another owner's writing takes away. */
export interface OwnedDocument<T> {
  readonly value: T | undefined;
  /** Durable on return. Safe to repeat after a failure. Throws `Misconfigured` when somebody else has written it. */
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

  async function put(next: T): Promise<void> {
    const text = JSON.stringify(next);
    const written = (await journal.put(key, text, revision)) ?? (await revisionIfWritten(text));
    if (written === undefined) {
      throw new Misconfigured(
        `Another connector has taken over "${key}"; this one stops. Run one connector per journal.`,
      );
    }
    revision = written;
    value = next;
  }

  /** A put whose answer was lost may have been made all the same. */
  async function revisionIfWritten(text: string): Promise<number | undefined> {
    const now = await journal.get(key);
    return now?.value === text && now.revision === revision + 1 ? now.revision : undefined;
  }

  return {
    get value() {
      return value;
    },
    put,
  };
}
