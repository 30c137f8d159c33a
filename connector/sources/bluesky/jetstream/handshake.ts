import type { IncomingMessage } from "node:http";
import type { WebSocket } from "ws";
import type { Clock } from "../../../clock.ts";
import { Unavailable } from "../../../errors.ts";
import { Busy, Declined } from "../../asking/declined.ts";
import { readWhy } from "../../asking/failure.ts";
import { toRetryAfterMs } from "../../asking/retry-after.ts";

const LONGEST_REFUSAL = 10_000;

/** Until the socket stands. The server may refuse by an answer of HTTP that says why: `Declined`, or `Unavailable`. */
export async function untilOpen(socket: WebSocket, clock: Clock, signal: AbortSignal): Promise<void> {
  const opening = Promise.withResolvers<undefined>();
  socket.once("open", () => opening.resolve(undefined));
  socket.on("error", (cause) => opening.reject(new Unavailable("The network's stream cannot be reached", { cause })));
  socket.once("close", () => opening.reject(new Unavailable("The network's stream cannot be reached")));
  socket.once("unexpected-response", (_, response) => {
    void toRefusal(response, clock).then((error) => {
      opening.reject(error);
      socket.terminate();
    });
  });
  try {
    await opening.promise;
  } catch (error) {
    socket.terminate();
    signal.throwIfAborted();
    throw error;
  }
}

async function toRefusal(response: IncomingMessage, clock: Clock): Promise<Declined | Unavailable> {
  const { statusCode = 500, headers } = response;
  if (statusCode === 429) {
    const named = { get: (name: string) => headers[name.toLowerCase()]?.toString() ?? null };
    const retryAfterMs = toRetryAfterMs(named, clock);
    return new Busy("The network's stream asks us to slow down (429)", { retryAfterMs });
  }
  if (statusCode < 400 || statusCode >= 500) return new Unavailable(`The network's stream fails with ${statusCode}`);
  const { error } = readWhy(await readJson(response));
  return new Declined(statusCode, `The network's stream refuses us with ${statusCode}`, error);
}

async function readJson(response: IncomingMessage): Promise<unknown> {
  let text = "";
  try {
    for await (const chunk of response) {
      text += String(chunk);
      if (text.length > LONGEST_REFUSAL) return undefined;
    }
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
