import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";
import type { WebSocket } from "ws";
import { toFrame } from "./to-frame.ts";

const MOST_BUFFERED = 4 * 2 ** 20;
const AT_ONCE = 200;

/** A stream that tells the same frames to whoever comes, as fast as they are read. */
export async function openStreamServer(frames: number): Promise<AsyncDisposable & { readonly url: string }> {
  const told = Array.from({ length: frames }, (_, at) => toFrame(at + 1, frames));
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1", handleProtocols: () => "xrpc.v1.json" });
  server.on("connection", (socket) => void tell(socket, told));
  await once(server, "listening");
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      for (const socket of server.clients) socket.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function tell(socket: WebSocket, frames: readonly string[]): Promise<void> {
  for (let at = 0; at < frames.length && socket.readyState === socket.OPEN; at += AT_ONCE) {
    for (const frame of frames.slice(at, at + AT_ONCE)) socket.send(frame);
    while (socket.bufferedAmount > MOST_BUFFERED) await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
  }
}
