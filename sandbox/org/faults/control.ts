import { json, Router } from "express";
import { z } from "zod";
import type { Usage } from "../usage.ts";
import { faultList, type Faults } from "./faults.ts";

const limit = z.number().int().nonnegative().optional();
const limits = z.strictObject({ dailyApiRequests: limit, dailyEventDeliveries: limit });

interface ControlParts {
  readonly faults: Faults;
  /** Of the API, and of events. */
  readonly usage: Usage;
  readonly deliveries: Usage;
}

/** What a test turns: failures to order, the day's limit, and the counts of calls. Under `/sandbox`, without sign-in. */
export function controlRouter({ faults, usage, deliveries }: ControlParts): Router {
  const router = Router();
  router.use("/sandbox", json());
  router.post("/sandbox/faults", (request, response) => {
    const parsed = faultList.safeParse(request.body);
    if (parsed.success) faults.order(parsed.data);
    response.status(parsed.success ? 204 : 400).send(parsed.success ? undefined : z.prettifyError(parsed.error));
  });
  router.get("/sandbox/faults", (_request, response) => {
    response.json({ held: faults.held() });
  });
  router.delete("/sandbox/faults", (_request, response) => {
    faults.clear();
    response.status(204).end();
  });
  router.post("/sandbox/limits", (request, response) => {
    const parsed = limits.safeParse(request.body);
    const { dailyApiRequests, dailyEventDeliveries } = parsed.data ?? {};
    if (dailyApiRequests !== undefined) usage.setMax(dailyApiRequests);
    if (dailyEventDeliveries !== undefined) deliveries.setMax(dailyEventDeliveries);
    response.status(parsed.success ? 204 : 400).send(parsed.success ? undefined : z.prettifyError(parsed.error));
  });
  router.get("/sandbox/calls", (_request, response) => {
    response.json({ used: usage.used(), max: usage.max, byKind: usage.kinds() });
  });
  router.delete("/sandbox/calls", (_request, response) => {
    usage.reset();
    response.status(204).end();
  });
  return router;
}
