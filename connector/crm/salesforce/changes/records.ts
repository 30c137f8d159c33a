import type { FollowedChange, MergeChange } from "../../../model/change.ts";
import type { Fields } from "../fields.ts";
import { required, text, time, type Row } from "../rows.ts";
import { queryPath } from "../soql.ts";
import type { Look } from "./look.ts";

const WHEN = ["SystemModstamp", "LastModifiedById"];

/** Records that became part of another one. Losers are deleted; of Cases an org may keep them, closed. */
export function lookAtMerged(object: MergeChange["object"]): Look {
  return {
    name: object,
    stamp: "SystemModstamp",
    toPath: (since) =>
      queryPath(
        `SELECT Id, MasterRecordId, ${WHEN.join(", ")} FROM ${object}` +
          ` WHERE MasterRecordId != null AND SystemModstamp >= ${since} ORDER BY SystemModstamp, Id`,
        "queryAll",
      ),
    toChanges: (rows) =>
      rows.map((row): FollowedChange => {
        const [from, into] = [required(row, "Id"), required(row, "MasterRecordId")];
        return { type: "merged", key: `merged/${from}/${into}`, ...toDone(row), object, from, into };
      }),
  };
}

/** Leads that personas of ours pointed to and that became Contacts. */
export function lookAtConverted({ persona }: Fields): Look {
  return {
    name: "converted",
    stamp: "SystemModstamp",
    toPath: (since) =>
      queryPath(
        `SELECT Id, ConvertedContactId, ConvertedAccountId, ${WHEN.join(", ")} FROM Lead` +
          ` WHERE IsConverted = true AND SystemModstamp >= ${since}` +
          ` AND Id IN (SELECT ${persona.lead} FROM ${persona.object}) ORDER BY SystemModstamp, Id`,
      ),
    toChanges: (rows) =>
      rows.flatMap((row): FollowedChange[] => {
        const [contact, account] = [text(row, "ConvertedContactId"), text(row, "ConvertedAccountId")];
        if (contact === undefined || account === undefined) return [];
        const lead = required(row, "Id");
        return [{ type: "converted", key: `converted/${lead}/${contact}`, ...toDone(row), lead, contact, account }];
      }),
  };
}

function toDone(row: Row): Pick<FollowedChange, "at" | "by"> {
  return { at: time(row, "SystemModstamp") ?? new Date(0).toISOString(), by: text(row, "LastModifiedById") };
}
