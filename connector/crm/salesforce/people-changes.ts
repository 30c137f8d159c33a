import { quoted } from "./soql.ts";

/** The child relationship from any row to its field history. */
export const HISTORIES = "Histories";

/** A subquery: which of these fields of a row people have changed, however they did it. `userId`: ours, who is nobody. */
export function toPeopleChanges(fields: readonly string[], userId: string | undefined): string {
  const others = userId === undefined ? "" : ` AND CreatedById != ${quoted(userId)}`;
  return `(SELECT Field FROM ${HISTORIES} WHERE Field IN (${fields.map(quoted).join(",")})${others})`;
}
