import { json, Router } from "express";
import { z } from "zod";
import { Refusal } from "../refusal.ts";
import type { Store } from "../store.ts";
import { clientApp, type ClientApps } from "./client-apps.ts";
import type { Sessions } from "./sessions.ts";

const timeout = z.strictObject({ timeoutMinutes: z.number().positive() });

/**
 * What an admin sets up in Setup, and what a test orders:
 *
 *   POST   /sandbox/client-apps  { clientId, certificate?, users?, permittedUsers? }
 *   POST   /sandbox/sessions     { timeoutMinutes }    of logins, from now on; also of those that are there
 *   DELETE /sandbox/sessions     ?user=…               ends them all, or those of one user
 */
export function authOrders({ store, apps, sessions }: { store: Store; apps: ClientApps; sessions: Sessions }): Router {
  const router = Router();
  router.use("/sandbox", json());
  router.post("/sandbox/client-apps", (request, response) => {
    apps.register(parse(clientApp, request.body));
    response.status(204).end();
  });
  router.post("/sandbox/sessions", (request, response) => {
    sessions.setTimeoutMs(parse(timeout, request.body).timeoutMinutes * 60_000);
    response.status(204).end();
  });
  router.delete("/sandbox/sessions", (request, response) => {
    const username = request.query["user"];
    const user = typeof username === "string" ? store.actor(username) : undefined;
    if (username !== undefined && user === undefined) {
      throw new Refusal("NOT_FOUND", "the org has no such active user", { status: 404 });
    }
    sessions.end(user?.id);
    response.status(204).end();
  });
  return router;
}

function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new Refusal("JSON_PARSER_ERROR", z.prettifyError(parsed.error));
  return parsed.data;
}
