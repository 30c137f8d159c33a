import type { Place } from "../crm.ts";
import { ERASED } from "./erased.ts";
import { quotes } from "./erasures.ts";
import type { Fields } from "./fields.ts";
import { required, text, type Row } from "./rows.ts";
import { isIn, quoted } from "./soql.ts";

const REMEDY =
  "The org keeps what changed, which nobody here can erase: stop tracking these fields of Case, and delete the rows by somebody " +
  "who may delete from field history.";

/** What an org that tracks a Case's words keeps of them: which field, before and after. Orgs that do not have none of it. */
export function toCaseHistoryQuery(f: Fields, cases: readonly string[]): string {
  const fields = ["Subject", f.case.openingSubject].map(quoted).join(",");
  return (
    `SELECT Id, CaseId, Field, OldValue, NewValue FROM CaseHistory WHERE ${isIn("CaseId", cases)}` +
    ` AND Field IN (${fields}) ORDER BY CreatedDate, Id`
  );
}

/** In doubt a row holds words: what we took out, or what somebody emptied, was there before. One place per Case. */
export function toCaseHistoryPlaces(rows: readonly Row[], words: readonly string[]): readonly Place[] {
  const telling = rows.filter((row) => {
    const [before, after] = [text(row, "OldValue"), text(row, "NewValue")];
    const isTakenOut = before !== undefined && (after === undefined || after === ERASED);
    return isTakenOut || quotes(before, words) || quotes(after, words);
  });
  const cases = new Set(telling.map((row) => required(row, "CaseId")));
  return [...cases].map((id) => ({ where: `CaseHistory of Case ${id}`, holds: "words", detail: REMEDY }));
}
