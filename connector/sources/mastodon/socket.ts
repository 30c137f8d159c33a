import type { Clock } from "../../clock.ts";
import { toDelayMs } from "../../flow/retry.ts";
import type { Token } from "../token.ts";
import { WireFrame } from "./schema.ts";

/** A connection that lived this long was a good one: the next pause is short again. */
const GOOD_MS = 10_000;

/** One event of the stream; the payload as it travels, of `delete` the bare id. */
export interface StreamEvent {
  readonly event: string;
  readonly payload: unknown;
}

export interface Listener {
  /** The socket stands (again): what was said before has to be asked for. `hangUp` ends it, and another one is opened. */
  opened(hangUp: () => void): void;
  heard(event: StreamEvent): void;
  /** The socket is gone, or would not open. `stood`: until now it carried. */
  closed(stood: boolean): void;
}

export interface SocketOptions {
  readonly streamingUrl: string;
  readonly token: Pick<Token, "current">;
  readonly stream: "user" | "public";
  readonly clock: Clock;
}

/** Listens until aborted, connecting again with growing pauses. Never throws: what the socket misses is heard by asking. */
export async function listen(options: SocketOptions, listener: Listener, signal: AbortSignal): Promise<void> {
  for (let failures = 1; !signal.aborted; failures++) {
    const start = options.clock.monotonicMs();
    const token = await options.token.current().catch(() => undefined);
    if (token === undefined) listener.closed(false);
    else await connect(options, token, listener, signal);
    if (options.clock.monotonicMs() - start > GOOD_MS) failures = 1;
    await options.clock.sleep(toDelayMs(failures), signal);
  }
}

/** One connection; resolves when it is closed, by whomever. */
function connect(
  { stream, streamingUrl }: SocketOptions,
  token: string,
  listener: Listener,
  signal: AbortSignal,
): Promise<void> {
  const address = new URL(`/api/v1/streaming?stream=${stream}`, streamingUrl);
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const socket = new WebSocket(address, [token]);
    let stood = false;
    let isOver = false;
    // Once, and at once: a peer that went away without a word lets its socket take long to close.
    const end = () => {
      if (isOver) return;
      isOver = true;
      signal.removeEventListener("abort", hangUp);
      if (!signal.aborted) listener.closed(stood);
      resolve();
    };
    const hangUp = () => {
      socket.close();
      end();
    };
    signal.addEventListener("abort", hangUp, { once: true });
    socket.addEventListener("open", () => {
      stood = true;
      listener.opened(hangUp);
    });
    socket.addEventListener("message", ({ data }) => {
      const event = toStreamEvent(data);
      if (event !== undefined && !signal.aborted) listener.heard(event);
    });
    socket.addEventListener("close", end);
  });
}

/** undefined: a frame that tells nothing, or nothing that can be read. */
function toStreamEvent(frame: unknown): StreamEvent | undefined {
  try {
    const { event, payload } = WireFrame.parse(JSON.parse(String(frame)));
    if (payload === undefined) return undefined;
    return { event, payload: event === "delete" ? payload : (JSON.parse(payload) as unknown) };
  } catch {
    return undefined;
  }
}
