import { SerializerNativeImpl } from "masto/adapters/serializers/index.js";
import type { Clock } from "../../clock.ts";
import { toDelayMs } from "../../flow/retry.ts";
import { WireFrame } from "./schema.ts";

/** A connection that lived this long was a good one: the next pause is short again. */
const GOOD_MS = 10_000;

/** One event of the stream; the payload in the client's spelling, of `delete` the bare id. */
export interface StreamEvent {
  readonly event: string;
  readonly payload: unknown;
}

export interface Listener {
  /** The socket stands (again): what was said before has to be asked for. `hangUp` ends it, and another one is opened. */
  opened(hangUp: () => void): void;
  heard(event: StreamEvent): void;
  /** The socket that stood is gone: is the network still there? */
  closed(): void;
}

export interface SocketOptions {
  readonly streamingUrl: string;
  readonly token: string;
  readonly stream: "user" | "public";
  readonly clock: Clock;
}

/**
 * Listens until aborted, connecting again with growing pauses. Never throws: what the socket misses is heard by asking.
 * The client's own streaming connects again without telling, doubles its pauses without end and prints to the console.
 */
export async function listen(options: SocketOptions, listener: Listener, signal: AbortSignal): Promise<void> {
  for (let failures = 1; !signal.aborted; failures++) {
    const start = options.clock.monotonicMs();
    await connect(options, listener, signal);
    if (options.clock.monotonicMs() - start > GOOD_MS) failures = 1;
    await options.clock.sleep(toDelayMs(failures), signal);
  }
}

/** One connection; resolves when it is closed, by whomever. */
function connect(options: SocketOptions, listener: Listener, signal: AbortSignal): Promise<void> {
  const address = new URL(`/api/v1/streaming?stream=${options.stream}`, options.streamingUrl);
  return new Promise((resolve) => {
    const socket = new WebSocket(address, [options.token]);
    const close = () => {
      socket.close();
      signal.removeEventListener("abort", close);
      resolve();
    };
    signal.addEventListener("abort", close, { once: true });
    let stood = false;
    socket.addEventListener("open", () => {
      stood = true;
      listener.opened(close);
    });
    socket.addEventListener("message", ({ data }) => {
      const event = toStreamEvent(data);
      if (event !== undefined && !signal.aborted) listener.heard(event);
    });
    socket.addEventListener("close", () => {
      signal.removeEventListener("abort", close);
      if (stood && !signal.aborted) listener.closed();
      resolve();
    });
  });
}

const serializer = new SerializerNativeImpl();

/** undefined: a frame that tells nothing, or nothing that can be read. */
function toStreamEvent(frame: unknown): StreamEvent | undefined {
  try {
    const { event, payload } = WireFrame.parse(JSON.parse(String(frame)));
    if (payload === undefined) return undefined;
    return { event, payload: event === "delete" ? payload : serializer.deserialize("json", payload) };
  } catch {
    return undefined;
  }
}
