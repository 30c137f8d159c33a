import type { Draft } from "../../model/draft.ts";
import type { Key } from "../../model/glossary.ts";
import type { Fields } from "./fields.ts";
import { flag, required, type Row } from "./rows.ts";
import { isIn } from "./soql.ts";

/** The key of a Case that this batch makes. */
export function toNewCaseKey({ home }: Draft): Key | undefined {
  return home?.kind === "new" || home?.kind === "batch" ? home.key : undefined;
}

/** The id of a Case that was there before. */
export function toKnownCaseId({ home }: Draft): string | undefined {
  return home?.kind === "open" || home?.kind === "reopen" ? home.case.id : undefined;
}

/** A look at the Cases that a batch touched, to end the call that touched them. */
export function toTouchedQuery(f: Fields, drafts: readonly Draft[]): string {
  const ids = isIn(
    "Id",
    drafts.flatMap((draft) => toKnownCaseId(draft) ?? []),
  );
  const keys = isIn(
    f.case.key,
    drafts.flatMap((draft) => toNewCaseKey(draft) ?? []),
  );
  return `SELECT Id, ${f.case.key}, IsClosed FROM Case WHERE (${ids}) OR (${keys})`;
}

/** Open as we thought or as we made it, and it is closed: somebody closed it meanwhile. The post is decided again. */
export function isClosedMeanwhile({ home }: Draft, touched: readonly Row[]): boolean {
  const isMeantOpen = home?.kind === "reopen" || (home?.kind === "open" && home.case.closedAt === undefined);
  return isMeantOpen && touched.some((row) => required(row, "Id") === home.case.id && flag(row, "IsClosed"));
}

/** The Case that was recalled is gone, deleted or merged: the post stands elsewhere now, and is decided again. */
export function isCaseGone(draft: Draft, touched: readonly Row[]): boolean {
  const id = toKnownCaseId(draft);
  return id !== undefined && touched.every((row) => required(row, "Id") !== id);
}
