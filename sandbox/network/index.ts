import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { createApp } from "./app.ts";
import { createFaults } from "./faults.ts";
import type { State } from "./state.ts";
import { openStore } from "./store.ts";
import { openStreaming } from "./streaming.ts";
import { createStreams } from "./streams.ts";

export interface NetworkOptions {
  /** The folder of the network's memory, made if absent; ":memory:" forgets everything. */
  readonly dir: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** The interface to listen on; this machine only, unless told otherwise, for anybody who reaches it can be anybody. */
  readonly host?: string;
  /** The network's name in handles: `anna@nordwind.social`, whatever the port. */
  readonly domain?: string;
  /** Characters in a status. */
  readonly textLimit?: number;
  /** Calls that an account may make in one window of time. */
  readonly callLimit?: number;
  /** How long that window is: five minutes where absent. */
  readonly callWindowMs?: number;
  /** The wall clock, in milliseconds. */
  readonly now?: () => number;
}

export interface Network extends AsyncDisposable {
  /** Where it listens, without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

/** Opens a small social network that speaks the Mastodon client API, with a page at `/`. Resolves when it listens. */
export async function openNetwork(options: NetworkOptions): Promise<Network> {
  const { dir, port, host = "127.0.0.1", domain = "nordwind.social", textLimit = 500 } = options;
  const { callLimit = 100_000, callWindowMs = 5 * 60_000 } = options;
  // Long: a connection that closes for being idle just as it is used again fails a call.
  const server = createServer({ keepAliveTimeout: 120_000 });
  const url = () => addressOf(server);
  const state: State = {
    store: openStore(dir),
    streams: createStreams(),
    now: options.now ?? Date.now,
    domain: domain.toLowerCase(),
    url,
    textLimit,
    habits: { idempotency: true, readDelayMs: 0 },
  };
  const faults = createFaults();
  const sockets = openStreaming(state, server, faults);
  server.on("request", createApp(state, { faults, sockets, rate: { calls: callLimit, windowMs: callWindowMs } }));

  const close = async () => {
    if (!server.listening) return;
    const closed = once(server, "close");
    server.close();
    sockets.close();
    server.closeAllConnections();
    await closed;
    state.store.close();
  };
  try {
    server.listen(port, host);
    await once(server, "listening");
  } catch (error) {
    sockets.close();
    state.store.close();
    throw error;
  }
  return { url: url(), close, [Symbol.asyncDispose]: close };
}

function addressOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The network does not listen");
  return `http://localhost:${address.port}`;
}
