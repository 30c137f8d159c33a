import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import type { WebSocket } from "ws";
import { toRefusal, toSubscription } from "./jetstream-query.ts";
import type { Subscription } from "./jetstream-query.ts";

const PATH = "/xrpc/network.bsky.jetstream.subscribeEvents";

/** What happened in a repository. `time`: ISO, to the microsecond where somebody cares. */
export type JetstreamEvent = { readonly did: string; readonly time: string } & (
  | {
      readonly kind: "commit";
      readonly operation: "create" | "update" | "delete";
      readonly collection: string;
      readonly rkey: string;
      readonly rev: string;
      readonly cid?: string;
      readonly record?: unknown;
    }
  | { readonly kind: "identity"; readonly handle?: string }
  | { readonly kind: "account"; readonly active: boolean; readonly status?: string }
);

/** Why nobody is let in: a status with the words and headers of the answer; "hang up": none at all. */
export type Refusal = { readonly status: number; readonly error: string; readonly retryAfter?: number } | "hang up";

/** A Jetstream of version 2, on a port of its own, with all it was ever told still in it. */
export interface Jetstream extends AsyncDisposable {
  /** `ws://127.0.0.1:<port>` */
  readonly url: string;
  /** To all who want it, and kept for those who come with a cursor. Its seq. */
  publish(event: JetstreamEvent): number;
  /** Cuts all sockets. */
  drop(): void;
  /** An older seq cursor is refused as CursorTooOld, an older time begins here. */
  expireBefore(seq: number): void;
  /** Tells all that they read too slowly, and closes. */
  slow(): void;
  /** The sockets that are open now carry nothing any more, not even an answer to a ping. */
  mute(): void;
  /** Until told otherwise nobody new is let in. */
  refuse(refusal: Refusal | undefined): void;
  /** How many sockets stand. */
  listeners(): number;
}

export async function openJetstream({ port = 0 }: { readonly port?: number } = {}): Promise<Jetstream> {
  const told: { readonly seq: number; readonly event: JetstreamEvent }[] = [];
  const open = new Map<WebSocket, Subscription>();
  const muted = new WeakSet<WebSocket>();
  let floor = 1;
  let refusal: Refusal | undefined;

  const send = (socket: WebSocket, seq: number, event: JetstreamEvent) => {
    const wanted = open.get(socket);
    if (wanted?.wants(event) === true && !muted.has(socket)) socket.send(toFrame(seq, event));
  };
  const welcome = (socket: WebSocket, wanted: Subscription) => {
    open.set(socket, wanted);
    socket.on("close", () => open.delete(socket));
    socket.on("error", () => open.delete(socket));
    socket.on("message", () => socket.close(1008, "no client data"));
    socket.on("ping", (payload: Buffer) => {
      if (!muted.has(socket)) socket.pong(payload);
    });
    const { fromSeq, fromTime } = wanted;
    if (fromTime !== undefined && told.some(({ seq, event }) => seq < floor && toMicros(event.time) >= fromTime))
      socket.send(toMessage("info", { name: "OutdatedCursor", message: `resumed from ${floor}` }));
    for (const { seq, event } of told)
      if (seq >= floor && (seq >= (fromSeq ?? Infinity) || toMicros(event.time) >= (fromTime ?? Infinity)))
        send(socket, seq, event);
  };

  const sockets = new WebSocketServer({ noServer: true, autoPong: false, handleProtocols: () => "xrpc.v1.json" });
  const server = createServer((_, response) => response.writeHead(404).end());
  server.on("upgrade", (request, line, head) => {
    const address = new URL(request.url ?? "/", "http://jetstream");
    const said = refusal ?? (address.pathname === PATH ? toRefusal(address.searchParams, floor) : NO_SUCH);
    if (said !== undefined) refuse(line, said);
    else sockets.handleUpgrade(request, line, head, (socket) => welcome(socket, toSubscription(address.searchParams)));
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));

  const drop = () => {
    for (const socket of open.keys()) socket.terminate();
  };
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    publish: (event) => {
      const seq = told.length + 1;
      told.push({ seq, event });
      for (const socket of open.keys()) send(socket, seq, event);
      return seq;
    },
    drop,
    expireBefore: (seq) => void (floor = seq),
    slow: () => {
      for (const socket of open.keys()) {
        socket.send(JSON.stringify({ $type: "error", error: "ConsumerTooSlow", message: "too far behind" }));
        socket.close(1008);
      }
    },
    mute: () => {
      for (const socket of open.keys()) muted.add(socket);
    },
    refuse: (how) => void (refusal = how),
    listeners: () => open.size,
    [Symbol.asyncDispose]: async () => {
      drop();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const NO_SUCH: Refusal = { status: 404, error: "MethodNotImplemented" };

function refuse(line: Duplex, how: Refusal): void {
  if (how === "hang up") {
    line.destroy();
    return;
  }
  const body = JSON.stringify({ error: how.error, message: how.error });
  const wait = how.retryAfter === undefined ? "" : `Retry-After: ${how.retryAfter}\r\n`;
  line.end(
    `HTTP/1.1 ${how.status} No\r\nContent-Type: application/json\r\n${wait}Content-Length: ${body.length}\r\n` +
      `Connection: close\r\n\r\n${body}`,
  );
}

function toFrame(seq: number, { kind, did, time, ...rest }: JetstreamEvent): string {
  const at = `${time.slice(0, -1).padEnd(26, "0")}Z`;
  return toMessage(kind, {
    seq,
    did,
    time: at,
    ...(kind === "commit" ? rest : { [kind]: { seq, did, time, ...rest } }),
  });
}

function toMessage(type: string, payload: object): string {
  return JSON.stringify({
    $type: "message",
    payload: { $type: `network.bsky.jetstream.subscribeEvents#${type}`, ...payload },
  });
}

/** Microseconds since 1970; a Date knows milliseconds only. */
function toMicros(time: string): number {
  const micros = /\.\d{3}(\d{1,3})/.exec(time)?.[1] ?? "0";
  return Date.parse(time) * 1000 + Number(micros.padEnd(3, "0"));
}
