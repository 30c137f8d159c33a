import { json, Router } from "express";
import { z } from "zod";
import type { Actor } from "./access.ts";
import { Refusal } from "./refusal.ts";
import type { Store } from "./store.ts";

const as = z.string().default("ada@nordwind.example");
const merge = z.strictObject({ object: z.string(), master: z.string(), losers: z.array(z.string()).min(1).max(2), as });
const conversion = z.strictObject({
  lead: z.string(),
  contact: z.string().optional(),
  account: z.string().optional(),
  as,
});

/**
 * What people do by pages that the sandbox does not have, as `as` (a username; else the administrator):
 *
 *   POST /sandbox/merge         { object, master, losers }     no answer
 *   POST /sandbox/convert-lead  { lead, contact?, account? }   the ids of both
 */
export function actsRouter(store: Store): Router {
  const router = Router();
  router.use("/sandbox", json());
  router.post("/sandbox/merge", (request, response) => {
    const asked = parse(merge, request.body);
    store.merge(toActor(store, asked.as), asked);
    response.status(204).end();
  });
  router.post("/sandbox/convert-lead", (request, response) => {
    const asked = parse(conversion, request.body);
    response.json(store.convertLead(toActor(store, asked.as), asked));
  });
  return router;
}

function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new Refusal("JSON_PARSER_ERROR", z.prettifyError(parsed.error));
  return parsed.data;
}

function toActor(store: Store, username: string): Actor {
  const actor = store.actor(username);
  if (actor === undefined) throw new Refusal("NOT_FOUND", `the org has no active user ${username}`, { status: 404 });
  return actor;
}
