import { STATUS_CODES, type IncomingMessage, type Server } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer, type WebSocket } from "ws";
import type { Faults } from "./faults.ts";
import { accountByToken, isSuspended } from "./grants.ts";
import type { AccountRow } from "./rows.ts";
import { serveSocket } from "./socket.ts";
import type { State } from "./state.ts";

const path = "/api/v1/streaming";
const heartbeatMs = 30_000;

/** The open streaming connections. */
export interface Sockets {
  open(): number;
  /** Cuts every connection (of that account) without a farewell and answers how many there were. */
  drop(account?: string): number;
  /** The connections that are open now stay so and carry nothing any more, as when a cable is pulled. */
  mute(): number;
  close(): void;
}

/**
 * Serves `ws://…/api/v1/streaming` on the server. The token comes in `access_token` or as the WebSocket's protocol; without
 * one only public streams may be heard. A socket that does not answer a ping until the next one is closed.
 */
export function openStreaming(state: State, server: Server, faults: Faults): Sockets {
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: (protocols) => [...protocols][0] ?? false });
  const silent = new WeakSet();
  const muted = new WeakSet<WebSocket>();
  const owners = new WeakMap<WebSocket, string>();

  server.on("upgrade", (request: IncomingMessage, connection: Duplex, head: Buffer) => {
    // A client that goes away while it is refused is no fault of ours.
    connection.on("error", () => connection.destroy());
    const url = new URL(request.url ?? "/", state.url());
    const token =
      url.searchParams.get("access_token") ?? request.headers["sec-websocket-protocol"]?.split(",")[0]?.trim();
    const account = token ? accountByToken(state, token) : undefined;
    const isStranger = token !== undefined && (account === undefined || isSuspended(state, account));
    const status = refusalOf({ url, faults, isStranger });
    if (status === "drop") connection.destroy();
    else if (status === "hold") void faults.released().then(() => connection.destroy());
    else if (status) connection.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    else sockets.handleUpgrade(request, connection, head, (socket) => welcome(socket, account, url.searchParams));
  });

  const welcome = (socket: WebSocket, account: AccountRow | undefined, query: URLSearchParams) => {
    if (account) owners.set(socket, account.id);
    socket.on("pong", () => silent.delete(socket));
    socket.on("error", () => socket.terminate());
    serveSocket(state, socket, { account, query, isMuted: () => muted.has(socket) });
  };

  const heartbeat = setInterval(() => {
    for (const socket of sockets.clients) {
      if (silent.has(socket)) socket.terminate();
      silent.add(socket);
      socket.ping();
    }
  }, heartbeatMs);
  heartbeat.unref();

  const drop = (account?: string) => {
    const dropped = [...sockets.clients].filter((socket) => account === undefined || owners.get(socket) === account);
    for (const socket of dropped) socket.terminate();
    return dropped.length;
  };
  return {
    open: () => sockets.clients.size,
    drop,
    mute: () => {
      for (const socket of sockets.clients) muted.add(socket);
      return sockets.clients.size;
    },
    close: () => {
      clearInterval(heartbeat);
      drop();
      sockets.close();
    },
  };
}

function refusalOf({ url, faults, isStranger }: { url: URL; faults: Faults; isStranger: boolean }): string | undefined {
  if (url.pathname.replace(/\/$/, "") !== path) return "404 Not Found";
  const act = faults.strike({ method: "GET", path: url.pathname });
  if (act === "drop-before" || act === "drop-after") return "drop";
  if (act === "hold" || act === "hold-after") return "hold";
  const status = Number(act ?? (isStranger ? 401 : Number.NaN));
  return Number.isNaN(status) ? undefined : `${status} ${STATUS_CODES[status] ?? ""}`;
}
