import type { Actor } from "../access.ts";
import type { Condition, Query } from "../query.ts";
import { Refusal } from "../refusal.ts";
import type { ObjectType } from "../schema.ts";
import type { QueryResult } from "../store.ts";
import type { Row } from "./database.ts";
import { toFullId } from "./ids.ts";
import type { Rows } from "./rows.ts";
import { isEditable, isVisible, mayDelete, type Asking } from "./sharing.ts";

const OBJECT = "UserRecordAccess";
/** The most rows that one question may name. */
const MOST = 200;

type May = (asking: Asking, object: ObjectType, row: Row) => boolean;

const ANSWERS: Readonly<Record<string, May>> = {
  hasreadaccess: isVisible,
  haseditaccess: (asking, object, row) => isVisible(asking, object, row) && isEditable(asking, object, row),
  hasdeleteaccess: ({ actor }, object, row) => mayDelete(actor, object, row),
};

/** What somebody may do with rows is asked as if it were rows itself. */
export const isRecordAccess = ({ from }: Query): boolean => from.toLowerCase() === OBJECT.toLowerCase();

/** `SELECT RecordId, HasEditAccess FROM UserRecordAccess WHERE UserId = '…' AND RecordId IN ('…', …)`, and nothing beyond. */
export function answerRecordAccess(
  rows: Rows,
  findActor: (id: string) => Actor | undefined,
  { select, where }: Query,
): QueryResult {
  const actor = findActor(idsOf(where, "UserId")[0] ?? "");
  const ids = idsOf(where, "RecordId");
  if (actor === undefined || ids.length === 0 || ids.length > MOST) {
    throw malformed(`Can select only by one UserId and up to ${MOST} of RecordId`);
  }
  const records = ids.map((id) => {
    const asked = select.map((item) => {
      const name = item.kind === "field" ? item.path : "";
      return [name, answer({ rows, actor }, toFullId(id), name)] as const;
    });
    return { attributes: { type: OBJECT }, ...Object.fromEntries(asked) };
  });
  return { totalSize: records.length, done: true, records };
}

function answer(asking: Asking, id: string, name: string): string | boolean {
  if (name.toLowerCase() === "recordid") return id;
  const may = ANSWERS[name.toLowerCase()];
  if (may === undefined) throw malformed(`the sandbox does not answer ${name}`);
  const object = asking.rows.schema.objectOf(id);
  const row = object && asking.rows.find(object, id);
  return object !== undefined && row !== undefined && may(asking, object, row);
}

/** The values that a field must have; of `OR`, `NOT` and what else conditions can be it knows nothing. */
function idsOf(where: Condition | undefined, field: string): readonly string[] {
  if (where?.op === "and") return where.terms.flatMap((term) => idsOf(term, field));
  if (where?.op === "compare" && where.operator === "=" && where.path.toLowerCase() === field.toLowerCase()) {
    return where.value.kind === "string" ? [where.value.value] : [];
  }
  if (where?.op !== "in" || where.not || where.path.toLowerCase() !== field.toLowerCase()) return [];
  return "select" in where.values ? [] : where.values.flatMap((one) => (one.kind === "string" ? [one.value] : []));
}

const malformed = (message: string): Refusal => new Refusal("MALFORMED_QUERY", message);
