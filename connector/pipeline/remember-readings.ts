import type { Reading } from "../model/reading.ts";
import type { Read } from "../understanding/reader.ts";

/** Posts between hearing and recording, as long as nothing is piled up. */
const REMEMBERED = 2_000;
/** A longer text is read again rather than kept. */
const LONGEST = 4_000;

/**
 * Reads each text once: a post is read when it is heard, and again on its way through the pipeline soon after. Remembers
 * the latest `bound` readings by what they were read from.
 */
export function rememberReadings(read: Read, bound = REMEMBERED): Read {
  const known = new Map<string, Reading>();

  return (post) => {
    if (post.text.length > LONGEST) return read(post);
    const name = `${post.language ?? ""}\n${post.text}`;
    const before = known.get(name);
    if (before !== undefined) return before;
    const reading = read(post);
    known.set(name, reading);
    const [oldest] = known.keys();
    if (known.size > bound && oldest !== undefined) known.delete(oldest);
    return reading;
  };
}
