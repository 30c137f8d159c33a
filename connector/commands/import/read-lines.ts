/** A line of a file. */
export interface Line {
  /** From 1. */
  readonly number: number;
  /** Without its end; undefined: it cannot be read, and `problem` says why. */
  readonly text: string | undefined;
  readonly problem?: string;
  /** Bytes of the file up to its end. */
  readonly endsAt: number;
}

/** No event is longer. */
export const LONGEST_LINE = 1024 * 1024;
const NEW_LINE = 0x0a;

/** The lines of UTF-8 that comes in pieces. Holds no more than one line of at most a megabyte, whatever comes. */
export async function* readLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let number = 0;
  let endsAt = 0;
  let held: Buffer[] = [];
  let length = 0;

  function hold(bytes: Buffer): void {
    length += bytes.length;
    if (length <= LONGEST_LINE) held.push(bytes);
    else held = [];
  }

  function end(): Line {
    const bytes = Buffer.concat(held);
    const isTooLong = length > LONGEST_LINE;
    number += 1;
    held = [];
    length = 0;
    if (isTooLong) return { number, endsAt, text: undefined, problem: "is longer than a megabyte" };
    try {
      const text = decoder.decode(bytes).replace(/\r$/, "");
      return { number, endsAt, text: number === 1 ? text.replace(/^\ufeff/, "") : text };
    } catch {
      return { number, endsAt, text: undefined, problem: "is not UTF-8: save the file in that encoding" };
    }
  }

  for await (const chunk of chunks) {
    let from = 0;
    for (let to = chunk.indexOf(NEW_LINE); to >= 0; to = chunk.indexOf(NEW_LINE, from)) {
      hold(chunk.subarray(from, to));
      endsAt += to + 1 - from;
      from = to + 1;
      yield end();
    }
    hold(chunk.subarray(from));
    endsAt += chunk.length - from;
  }
  if (length > 0) yield end();
}
