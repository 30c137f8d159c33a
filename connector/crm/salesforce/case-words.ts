import type { CaseText, Draft } from "../../model/draft.ts";
import type { Key } from "../../model/glossary.ts";
import { ERASED } from "./erased.ts";
import type { Fields } from "./fields.ts";
import { LONGEST_TEXT, toLines } from "./lines.ts";
import type { NewRow } from "./post-row.ts";

/** One version of the post that opened a Case, and what the Case is called by it; `text` undefined: deleted. */
export interface Opening {
  readonly post: Key;
  readonly version: number;
  readonly text: CaseText | undefined;
}

/** The newest version among these drafts of the post that opens the Case. */
export function toOpening(opener: Draft, group: readonly Draft[]): Opening {
  const { key } = opener.post;
  const versions = group.filter(({ post }) => post.key === key).sort((one, two) => one.post.version - two.post.version);
  const newest = versions.at(-1) ?? opener;
  const first = opener.home?.kind === "new" ? opener.home : undefined;
  const isGone = versions.some(({ gone }) => gone !== undefined);
  return { post: key, version: newest.post.version, text: isGone ? undefined : (newest.caseText ?? first) };
}

/** Subject and description of a new Case, each with what tells later whether it still is ours. */
export function toOpeningFields(f: Fields, opening: Opening): NewRow {
  const { post, version, text } = opening;
  if (text === undefined) return { Subject: ERASED };
  return {
    // `erase` finds by it the Case that is called by this post's words.
    [f.case.openingPost]: post,
    ...toSubject(f, version, text),
    ...toDescription(f, version, text),
  };
}

export function toSubject(f: Fields, version: number, { subject }: CaseText): NewRow {
  return {
    Subject: subject,
    [f.case.openingSubject]: subject,
    [f.case.openingVersion]: version,
    ...toUnseen(f),
  };
}

/** Of a Case that a person named otherwise: what the post would call it now. Refused as long as the Case is called by the post. */
export function toCalled(f: Fields, version: number, { subject }: CaseText): NewRow {
  return { [f.case.openingSubject]: subject, [f.case.openingVersion]: version, ...toUnseen(f) };
}

/** What an earlier call saw is no matter of this one: automation of the org may change what a rule would compare with it. */
export function toUnseen(f: Fields): NewRow {
  return { [f.case.seenClosedAt]: null, [f.case.seenLength]: null };
}

export function toDescription(f: Fields, version: number, { description }: CaseText): NewRow {
  const lines = toLines(description, LONGEST_TEXT);
  return {
    Description: lines,
    [f.case.openingLength]: lines.length,
    [f.case.openingVersion]: version,
    ...toUnseen(f),
  };
}
