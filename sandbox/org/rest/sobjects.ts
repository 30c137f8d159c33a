import { z } from "zod";
import { noSuchResource, Refusal } from "../refusal.ts";
import type { Answer, Call, OrgCore, Route } from "../route.ts";
import type { SaveOptions, UpsertTarget, Values } from "../store.ts";
import { describeGlobal, describeObject } from "./describe.ts";

export const sobjectRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/sobjects",
    kind: "describe",
    answer: (call, org) => ({ status: 200, body: describeGlobal(call, org.store.schema) }),
  },
  {
    method: "GET",
    path: "/sobjects/:object/describe",
    kind: "describe",
    answer: (call, org) => ({ status: 200, body: describeObject(call, org.store.schema) }),
  },
  { method: "POST", path: "/sobjects/:object", kind: "create", answer: create },
  { method: "GET", path: "/sobjects/:object/:id", kind: "read", answer: read },
  { method: "PATCH", path: "/sobjects/:object/:id", kind: "update", answer: update },
  { method: "DELETE", path: "/sobjects/:object/:id", kind: "delete", answer: remove },
  { method: "GET", path: "/sobjects/:object/:field/:key", kind: "read", answer: readByKey },
  { method: "PATCH", path: "/sobjects/:object/:field/:key", kind: "upsert", answer: upsert },
];

/** Salesforce runs assignment rules on Cases and Leads unless the call forbids it, and heeds alerts unless it allows the save. */
export function toSaveOptions(call: Call): SaveOptions {
  return {
    assign: call.headers["sforce-auto-assign"]?.toUpperCase() !== "FALSE",
    allowDuplicates: /\ballowSave\s*=\s*true\b/i.test(call.headers["sforce-duplicate-rule-header"] ?? ""),
  };
}

function create(call: Call, org: OrgCore): Answer {
  const id = org.store.create(call.actor, objectOf(call), toValues(call.body), toSaveOptions(call));
  return { status: 201, body: { id, success: true, errors: [] } };
}

function read(call: Call, org: OrgCore): Answer {
  const fields = call.query.get("fields")?.split(",");
  return { status: 200, body: org.store.read(call.actor, objectOf(call), call.params["id"] ?? "", fields) };
}

function update(call: Call, org: OrgCore): Answer {
  org.store.update(call.actor, objectOf(call), call.params["id"] ?? "", toValues(call.body), toSaveOptions(call));
  return { status: 204 };
}

function remove(call: Call, org: OrgCore): Answer {
  org.store.remove(call.actor, objectOf(call), call.params["id"] ?? "");
  return { status: 204 };
}

function upsert(call: Call, org: OrgCore): Answer {
  const target = toTarget(call);
  const values = toValues(call.body);
  const repeated = Object.keys(values).find((name) => name.toLowerCase() === target.field.toLowerCase());
  if (repeated !== undefined) {
    const message = `The ${repeated} field should not be specified in the sobject data.`;
    throw new Refusal("INVALID_FIELD", message);
  }
  const { id, created } = org.store.upsert(call.actor, target, values, toSaveOptions(call));
  return { status: created ? 201 : 200, body: { id, success: true, errors: [], created } };
}

function readByKey(call: Call, org: OrgCore): Answer {
  const target = toTarget(call);
  const id = org.store.find(call.actor, target);
  if (id === undefined) throw noSuchResource();
  const fields = call.query.get("fields")?.split(",");
  return { status: 200, body: org.store.read(call.actor, target.object, id, fields) };
}

function objectOf(call: Call): string {
  return call.params["object"] ?? "";
}

function toTarget(call: Call): UpsertTarget {
  return { object: objectOf(call), field: call.params["field"] ?? "", key: call.params["key"] ?? "" };
}

const record = z.record(z.string(), z.unknown());

export function toValues(body: unknown): Values {
  const parsed = record.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new Refusal("JSON_PARSER_ERROR", "The HTTP entity body is required, but this request has no entity body.");
}
