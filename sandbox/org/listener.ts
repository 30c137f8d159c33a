import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Express } from "express";

/** Long: a connection that closes for being idle just as it is used again fails a call, on a busy machine quite often. */
const IDLE_MS = 120_000;

export interface Listening {
  readonly url: string;
  close(): Promise<void>;
}

export interface Listener {
  /** On this port of the loopback interface; 0 takes a free one. */
  readonly listen: (port: number) => Promise<Listening>;
  /** All of them. */
  close(): Promise<void>;
}

/** Serves the app. `leaving` is called before a port closes. */
export function toListener(app: Express, leaving: () => void): Listener {
  const servers = new Set<Server>();

  async function close(server: Server): Promise<void> {
    if (!servers.delete(server)) return;
    leaving();
    server.close();
    server.closeAllConnections();
    await once(server, "close");
  }

  return {
    listen: async (port) => {
      // Longer addresses than Node's own limit must come through, to be refused as Salesforce refuses them.
      const server = createServer({ maxHeaderSize: 128 * 1024, keepAliveTimeout: IDLE_MS }, app);
      server.listen(port, "127.0.0.1");
      await once(server, "listening");
      servers.add(server);
      return { url: `http://localhost:${(server.address() as AddressInfo).port}`, close: () => close(server) };
    },
    close: async () => {
      await Promise.all([...servers].map(close));
    },
  };
}
