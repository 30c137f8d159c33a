import { json, Router } from "express";
import { z } from "zod";
import { Refusal } from "../refusal.ts";
import type { Schema } from "../schema.ts";
import type { Database } from "../store/database.ts";
import { toFullId } from "../store/ids.ts";
import type { Usage } from "../usage.ts";
import { unavailable } from "./bus-refusal.ts";
import type { EventBus } from "./event-bus.ts";
import type { EventLog } from "./event-log.ts";

const order = z.discriminatedUnion("act", [
  z.strictObject({ act: z.enum(["drop", "end", "keepalive", "mute", "unmute", "forget"]) }),
  z.strictObject({ act: z.literal("gap"), id: z.string(), type: z.enum(["CREATE", "UPDATE", "DELETE", "UNDELETE"]) }),
]);

interface PubSubOrders {
  readonly bus: EventBus;
  readonly log: EventLog;
  readonly schema: Schema;
  readonly database: Database;
  readonly deliveries: Usage;
  /** Cuts all lines. */
  readonly drop: () => void;
}

/**
 * What a test orders of the event bus:
 *
 *   POST /sandbox/pubsub  { act: "drop" | "end" | "keepalive" | "mute" | "unmute" | "forget" } or { act: "gap", id, type }
 *   GET  /sandbox/pubsub  how many streams are open, and how many events were delivered today
 */
export function pubSubOrders(parts: PubSubOrders): Router {
  const router = Router();
  router.use("/sandbox", json());
  router.post("/sandbox/pubsub", (request, response) => {
    const parsed = order.safeParse(request.body);
    if (!parsed.success) throw new Refusal("JSON_PARSER_ERROR", z.prettifyError(parsed.error));
    carryOut(parts, parsed.data);
    response.status(204).end();
  });
  router.get("/sandbox/pubsub", (_request, response) => {
    response.json({ streams: parts.bus.streams, delivered: parts.deliveries.used(), max: parts.deliveries.max });
  });
  return router;
}

function carryOut(parts: PubSubOrders, given: z.infer<typeof order>): void {
  const { bus, log, drop } = parts;
  if (given.act === "gap") {
    tellGap(parts, given.id, given.type);
    return;
  }
  const acts = {
    drop,
    end: () => bus.end(unavailable()),
    keepalive: () => bus.keepAlive(),
    mute: () => bus.mute(true),
    unmute: () => bus.mute(false),
    forget: () => log.forget(),
  };
  acts[given.act]();
}

/** That something happened to a row, which is not told in full. */
function tellGap(
  { schema, database, log }: PubSubOrders,
  id: string,
  type: "CREATE" | "UPDATE" | "DELETE" | "UNDELETE",
) {
  const object = schema.objectOf(id);
  if (object === undefined) throw new Refusal("MALFORMED_ID", `no object has the id ${id}`);
  const gap = { entity: object.name, id: toFullId(id), origin: "", user: "", values: {} };
  database.transaction(() => log.append({ ...gap, type: `GAP_${type}` }));
}
