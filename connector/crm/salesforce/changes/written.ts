import { createHash } from "node:crypto";
import type { FollowedChange } from "../../../model/change.ts";
import type { Fields } from "../fields.ts";
import { UNSENT } from "../places.ts";
import { number, parent, required, text, time, type Row } from "../rows.ts";
import type { Look } from "./look.ts";

/**
 * What people (or we, who cut words out: that ends when there is nothing to cut) saved in replies that are not sent, by the rows
 * of the query for replies. What they wrote is told by a digest, and stays where it is.
 */
export function lookAtWritten(f: Fields): Omit<Look, "toPath"> {
  const toState = (row: Row): string => toDigest(f, row);
  return {
    name: "written",
    stamp: "SystemModstamp",
    toState,
    toChanges: (rows) =>
      rows.map((row): FollowedChange => {
        const reply = required(row, "Id");
        const at = time(row, "SystemModstamp") ?? new Date(0).toISOString();
        const key = `written/${reply}/${at}/${toState(row)}`;
        return { type: "written", key, at, by: text(row, "LastModifiedById"), reply };
      }),
  };
}

/** Those among the rows that are not sent, with words in them, and that nobody has decided to send. */
export function toWrittenRows({ reply }: Fields, rows: readonly Row[]): readonly Row[] {
  return rows.filter(
    (row) =>
      UNSENT.includes(required(row, reply.status)) &&
      text(row, reply.decision) === undefined &&
      [reply.text, reply.privateText].some((field) => text(row, field) !== undefined),
  );
}

/** The words, and which version of the post stood there when they were found: an edit since then makes it another state. */
function toDigest({ reply, post }: Fields, row: Row): string {
  const version = number(parent(row, reply.post.row), post.version);
  const state = [text(row, reply.text), text(row, reply.privateText), version, text(row, reply.case.id)];
  return createHash("sha256").update(JSON.stringify(state)).digest("base64url").slice(0, 16);
}
