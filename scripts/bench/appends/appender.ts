import type { Journal, NewEntry } from "../../../connector/journal/journal.ts";

/** Takes batches; each is on the disk when its promise resolves. */
export interface Appender extends AsyncDisposable {
  append(writer: number, batch: readonly NewEntry[]): Promise<void>;
}

/** All writers share the journal, as the parts of a connector do. */
export function toAppender(journal: Journal): Appender {
  return {
    append: (_writer, batch) => journal.append("posts", batch),
    [Symbol.asyncDispose]: () => journal[Symbol.asyncDispose](),
  };
}
