import type { Draft } from "../../model/draft.ts";
import { toFitting } from "../../model/fitting.ts";
import type { OrgSettings } from "../../model/settings.ts";
import type { Fields } from "./fields.ts";
import type { NewRow } from "./post-row.ts";

/** An activity that says that somebody spoke: an excerpt only, completed; a Lead's has no WhatId, Salesforce refuses one. */
export function toTaskRow(f: Fields, settings: OrgSettings, draft: Draft, caseId: string | undefined): NewRow {
  const { post, identity } = draft;
  const { contact, lead } = identity?.link ?? {};
  return {
    [f.task.postKey]: post.key,
    Subject: toFitting(`Social post by @${post.author.handle}: ${post.text.replace(/\s+/g, " ")}`, 255),
    Description: [toFitting(post.text, 255), post.url].filter((line) => line !== undefined).join("\n"),
    Status: settings.completedTaskStatus,
    ActivityDate: post.postedAt.slice(0, 10),
    WhoId: contact ?? lead,
    ...(contact !== undefined && caseId !== undefined ? { WhatId: caseId } : {}),
  };
}
