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
const restoring = z.strictObject({ object: z.string(), id: z.string(), as });

/**
 * What people do by pages that the sandbox does not have, as `as` (a username; else the administrator):
 *
 *   POST /sandbox/merge         { object, master, losers }     no answer
 *   POST /sandbox/convert-lead  { lead, contact?, account? }   the ids of both
 *   POST /sandbox/undelete      { object, id }                 no answer
 *
 * And what the platform does at night, whoever asks:
 *
 *   POST /sandbox/archive                                      closed Tasks of more than a year
 *   POST /sandbox/purge                                        what was deleted more than 15 days ago
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
  router.post("/sandbox/undelete", (request, response) => {
    const asked = parse(restoring, request.body);
    store.restore(toActor(store, asked.as), asked.object, asked.id);
    response.status(204).end();
  });
  for (const run of ["archive", "purge"] as const) {
    router.post(`/sandbox/${run}`, (_request, response) => {
      store[run]();
      response.status(204).end();
    });
  }
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
