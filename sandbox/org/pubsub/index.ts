import type { Router } from "express";
import type { Sessions } from "../auth/sessions.ts";
import type { Faults } from "../faults/faults.ts";
import type { Metadata } from "../metadata/index.ts";
import type { Store } from "../store.ts";
import type { Database } from "../store/database.ts";
import type { Usage } from "../usage.ts";
import { openEventBus } from "./event-bus.ts";
import type { EventLog } from "./event-log.ts";
import { pubSubOrders } from "./orders.ts";
import type { PubSubServer, Tls } from "./server.ts";

export type { Tls } from "./server.ts";

export interface PubSub {
  readonly orders: Router;
  readonly listen: (port: number, tls?: Tls) => Promise<{ readonly endpoint: string; close(): Promise<void> }>;
  close(): Promise<void>;
}

interface PubSubOptions {
  readonly log: EventLog;
  readonly database: Database;
  readonly metadata: Metadata;
  readonly store: Store;
  readonly sessions: Sessions;
  readonly organizationId: string;
  readonly faults: Faults;
  readonly deliveries: Usage;
}

/** Change events for subscribers, and what may be ordered of them. */
export function openPubSub(options: PubSubOptions): PubSub {
  const { log, database, metadata, store, sessions, organizationId, faults, deliveries } = options;
  const servers = new Set<PubSubServer>();
  const actor = (token: string) => {
    const userId = sessions.userOf(token);
    return userId === undefined ? undefined : store.actor(userId);
  };
  const bus = openEventBus({ database, log, objects: metadata.selectedObjects, actor, deliveries });
  sessions.onEnd(bus.check);

  async function close(server: PubSubServer): Promise<void> {
    if (!servers.delete(server)) return;
    faults.clear();
    await server.close();
  }

  return {
    orders: pubSubOrders({
      ...{ bus, log, schema: metadata.schema, database, deliveries },
      drop: () => {
        for (const server of servers) server.drop();
      },
    }),
    listen: async (port, tls) => {
      // Loaded when somebody wants it: most tests of an org never do.
      const { servePubSub } = await import("./server.ts");
      const server = await servePubSub({ bus, organizationId, faults }, port, tls);
      servers.add(server);
      return { endpoint: server.endpoint, close: () => close(server) };
    },
    close: async () => {
      await Promise.all([...servers].map(close));
    },
  };
}
