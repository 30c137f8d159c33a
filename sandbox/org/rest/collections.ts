import { z } from "zod";
import { Refusal } from "../refusal.ts";
import type { Answer, Call, OrgCore, Route } from "../route.ts";
import type { Values } from "../store.ts";
import { isId } from "../store/ids.ts";
import { saveRows, type RowResult } from "./collection-rows.ts";
import { toSaveOptions } from "./sobjects.ts";

export const collectionRoutes: readonly Route[] = [
  { method: "POST", path: "/composite/sobjects", kind: "collection create", answer: createRows },
  { method: "PATCH", path: "/composite/sobjects", kind: "collection update", answer: updateRows },
  { method: "DELETE", path: "/composite/sobjects", kind: "collection delete", answer: removeRows },
  { method: "PATCH", path: "/composite/sobjects/:object/:field", kind: "collection upsert", answer: upsertRows },
  { method: "GET", path: "/composite/sobjects/:object", kind: "collection read", answer: readRows },
  { method: "POST", path: "/composite/sobjects/:object", kind: "collection read", answer: readRows },
];

const maxRows = 200;
const maxReadRows = 2000;
const record = z.looseObject({ attributes: z.looseObject({ type: z.string() }) });
const recordsBody = z.object({ allOrNone: z.boolean().default(false), records: z.array(record) });
const idsBody = z.object({ ids: z.array(z.string()), fields: z.array(z.string()) });

function createRows(call: Call, org: OrgCore): Answer {
  const { records, allOrNone } = toRecords(call.body);
  const options = toSaveOptions(call);
  return toAnswer(
    saveRows(org.store, records, allOrNone, ({ attributes, ...values }) => ({
      id: org.store.create(call.actor, attributes.type, values, options),
    })),
  );
}

function updateRows(call: Call, org: OrgCore): Answer {
  const { records, allOrNone } = toRecords(call.body);
  const options = toSaveOptions(call);
  return toAnswer(
    saveRows(org.store, records, allOrNone, ({ attributes, ...values }) => {
      const id = values["id"] ?? values["Id"];
      if (typeof id !== "string" || !isId(id))
        throw new Refusal("MISSING_ARGUMENT", "Id not specified in an update call");
      org.store.update(call.actor, attributes.type, id, values, options);
      return { id };
    }),
  );
}

/** Two rows with one key in one call are refused, both. */
function upsertRows(call: Call, org: OrgCore): Answer {
  const { records, allOrNone } = toRecords(call.body);
  const { object = "", field = "" } = call.params;
  const options = toSaveOptions(call);
  const keys = records.map((each) => keyOf(each, field));
  const repeated = new Set(keys.filter((key, at) => key !== undefined && keys.indexOf(key) !== at));
  return toAnswer(
    saveRows(org.store, records, allOrNone, ({ attributes, ...values }) => {
      const key = keyOf(values, field);
      if (attributes.type.toLowerCase() !== object.toLowerCase()) {
        throw new Refusal("INVALID_TYPE", `Record is of type ${attributes.type}, the collection is of ${object}`);
      }
      if (key === undefined) throw new Refusal("MISSING_ARGUMENT", `${field} not specified`, { fields: [field] });
      if (repeated.has(key)) {
        throw new Refusal("DUPLICATE_VALUE", `Duplicate external id specified: ${key}`, { fields: [field] });
      }
      return org.store.upsert(call.actor, { object, field, key }, without(values, field), options);
    }),
  );
}

function removeRows(call: Call, org: OrgCore): Answer {
  const ids = (call.query.get("ids") ?? "").split(",").filter((id) => id !== "");
  checkCount(ids.length);
  const allOrNone = call.query.get("allOrNone") === "true";
  return toAnswer(
    saveRows(org.store, ids, allOrNone, (id) => {
      org.store.remove(call.actor, org.store.schema.objectOf(id)?.name ?? "", id);
      return { id };
    }),
  );
}

/** Rows in the order of the ids; null where there is none to be seen. */
function readRows(call: Call, org: OrgCore): Answer {
  const fromUrl = { ids: call.query.get("ids")?.split(","), fields: call.query.get("fields")?.split(",") };
  const parsed = idsBody.safeParse(call.method === "GET" ? fromUrl : call.body);
  if (!parsed.success) throw new Refusal("MISSING_ARGUMENT", "ids and fields must be specified");
  const { ids, fields } = parsed.data;
  checkCount(ids.length, maxReadRows);
  const select = ["Id", ...fields.filter((field) => field.toLowerCase() !== "id")];
  const found = org.store.query(call.actor, {
    select: select.map((path) => ({ kind: "field", path })),
    from: call.params["object"] ?? "",
    where: { op: "in", path: "Id", not: false, values: ids.map((value) => ({ kind: "string", value })) },
  });
  const byId = new Map(
    found.records.flatMap((row) => (typeof row["Id"] === "string" ? [[row["Id"].slice(0, 15), row]] : [])),
  );
  return { status: 200, body: ids.map((id) => byId.get(id.slice(0, 15)) ?? null) };
}

function toRecords(body: unknown): z.infer<typeof recordsBody> {
  const parsed = recordsBody.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Refusal("JSON_PARSER_ERROR", `${issue?.path.join(".") ?? "body"}: ${issue?.message ?? "not understood"}`);
  }
  checkCount(parsed.data.records.length);
  return parsed.data;
}

function checkCount(count: number, max = maxRows): void {
  if (count <= max) return;
  const message = `record limit reached. cannot submit more than ${max} records into this call`;
  throw new Refusal("EXCEEDED_ID_LIMIT", message);
}

function keyOf(values: Values, field: string): string | undefined {
  const found = Object.entries(values).find(([name]) => name.toLowerCase() === field.toLowerCase())?.[1];
  return typeof found === "string" || typeof found === "number" ? String(found) : undefined;
}

function without(values: Values, field: string): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => name.toLowerCase() !== field.toLowerCase()));
}

function toAnswer(results: readonly RowResult[]): Answer {
  return { status: 200, body: results };
}
