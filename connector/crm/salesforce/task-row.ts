import type { Draft } from "../../model/draft.ts";
import { toFitting } from "../../model/fitting.ts";
import type { OrgSettings } from "../../model/settings.ts";
import { ERASED } from "./erased.ts";
import type { Fields } from "./fields.ts";
import { LONGEST_TEXT, toLines } from "./lines.ts";
import type { NewRow } from "./post-row.ts";

/** How the subject of each such Task begins; rules of ours know it. */
export const TASK_SUBJECT = "Social post by @";

/** An activity that says that somebody spoke: an excerpt only, completed; a Lead's has no WhatId, Salesforce refuses one. */
export function toTaskRow(
  f: Fields,
  settings: OrgSettings,
  draft: Draft,
  { caseId, turn }: { readonly caseId: string | undefined; readonly turn: number },
): NewRow {
  const { post, identity } = draft;
  const { contact, lead } = identity?.link ?? {};
  return {
    ...toTaskWords(f, draft),
    Status: settings.completedTaskStatus,
    ActivityDate: post.postedAt.slice(0, 10),
    WhoId: contact ?? lead,
    [f.task.persona.row]: { [f.persona.key]: post.author.key },
    [f.task.turn]: turn,
    ...(contact !== undefined && caseId !== undefined ? { WhatId: caseId } : {}),
  };
}

/** What its author shows to few by now is none of its words. */
const HIDDEN = "shown to few by now";

/**
 * The words of a Task, as this version of the post has them, and what tells later whether they still are ours: a rule of
 * ours knows the subject's beginning.
 */
export function toTaskWords(f: Fields, { post, gone }: Draft): NewRow {
  const key = { [f.task.postKey]: post.key, [f.task.version]: post.version, [f.task.seenLength]: null };
  if (gone !== undefined) return { ...key, Subject: ERASED, Description: null, [f.task.excerptLength]: null };
  const words = post.visibility === "private" ? HIDDEN : post.text;
  const excerpt = [toFitting(words, 255), post.url].filter((line) => line !== undefined).join("\n");
  const description = toLines(excerpt, LONGEST_TEXT);
  return {
    ...key,
    Subject: toFitting(`${TASK_SUBJECT}${post.author.handle}: ${words.replace(/\s+/g, " ")}`, 255),
    Description: description,
    [f.task.excerptLength]: description.length,
  };
}
