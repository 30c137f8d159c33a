import type { Perspective } from "../to-post.ts";
import { toRawText } from "./frame.ts";

/** Within a text these characters stand otherwise, so no text looks like one of them. */
const CHANGES = /"operation"\s*:\s*"(?:update|delete)"/;
const ACCOUNTS = /subscribeEvents#(?:identity|account)"/;
const ACTIVE = /"active"\s*:\s*true/;

/** Whether a frame may be worth reading. Hundreds come in a second, and nearly all of them are nobody's business. */
export type Sift = (raw: string) => boolean;

/** `hasWords`: a listener looks for words; else no text is looked at. */
export function toSift({ ourDid, findWords }: Perspective, hasWords: boolean): Sift {
  return (raw) => {
    if (raw.includes(ourDid) || CHANGES.test(raw)) return true;
    if (ACCOUNTS.test(raw)) return !ACTIVE.test(raw);
    return hasWords && findWords(toRawText(raw) ?? "").length > 0;
  };
}
