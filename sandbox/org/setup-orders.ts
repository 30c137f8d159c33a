import { json, Router } from "express";
import { z } from "zod";
import { Refusal } from "./refusal.ts";
import type { Field, Schema } from "./schema.ts";
import type { RuleBook } from "./store/rule-book.ts";

const change = z.union([
  z.strictObject({ rule: z.string(), active: z.boolean() }),
  z.strictObject({ field: z.string(), required: z.boolean() }),
  z.strictObject({ storage: z.enum(["full", "free"]) }),
]);

interface SetupParts {
  readonly schema: Schema;
  readonly ruleBook: RuleBook;
  readonly storage: { isFull: boolean };
}

/**
 * What an administrator changes in Setup while the org runs, under `POST /sandbox/setup`. A restart forgets it.
 *
 *   { rule: "Case.No_Complaints", active }    switches a validation rule
 *   { field: "Case.Region__c", required }     makes a field required, or no longer
 *   { storage: "full" | "free" }              no row can be made any more; changing and deleting go on
 */
export function setupOrders({ schema, ruleBook, storage }: SetupParts): Router {
  const router = Router();
  router.post("/sandbox/setup", json(), (request, response) => {
    const parsed = change.safeParse(request.body);
    if (!parsed.success) throw new Refusal("JSON_PARSER_ERROR", z.prettifyError(parsed.error));
    if ("storage" in parsed.data) storage.isFull = parsed.data.storage === "full";
    else if ("rule" in parsed.data) switchRule(ruleBook, parsed.data.rule, parsed.data.active);
    else Object.assign(findField(schema, parsed.data.field), { required: parsed.data.required });
    response.status(204).end();
  });
  return router;
}

function switchRule(ruleBook: RuleBook, path: string, active: boolean): void {
  const [object = "", name = ""] = path.split(".");
  const found = ruleBook.get(object)?.find(({ rule }) => rule.name === name);
  if (found === undefined) throw notThere(path);
  found.isActive = active;
}

function findField(schema: Schema, path: string): Field {
  const [object = "", name = ""] = path.split(".");
  const found = schema.object(object)?.field(name);
  if (found === undefined) throw notThere(path);
  return found;
}

function notThere(path: string): Refusal {
  return new Refusal("NOT_FOUND", `Setup has no ${path}`, { status: 404 });
}
