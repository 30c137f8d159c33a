import { WebSocket } from "ws";
import type { Clock } from "../../../clock.ts";
import type { IsoTime } from "../../../model/glossary.ts";
import { toAside } from "./frame.ts";
import { untilOpen } from "./handshake.ts";
import type { Sift } from "./sift.ts";

const PING_EVERY_MS = 25_000;
const HANDSHAKE_MS = 20_000;
/** A record may have a million bytes, and six characters stand for some of them. A longer frame would end every connection. */
const LONGEST_FRAME = 20_000_000;
/** So many frames, and characters of them, may wait for us before the other side has to. */
const MOST_WAITING = 2_000;
const MOST_CHARACTERS = 40_000_000;
const SUBPROTOCOL = "xrpc.v1.json";

/** What came since it was last taken. */
export interface Taken {
  /** Those that may be worth reading, in their order. */
  readonly sifted: readonly string[];
  /** The oldest and the newest of all; undefined: none came. */
  readonly first: string | undefined;
  readonly last: string | undefined;
  /** The stream reaches back less far than was asked for. */
  readonly isClamped: boolean;
  /** The other side has answered: it was asked at this instant. `isQuiet`: no frame came between. */
  readonly answered: { readonly askedAt: IsoTime; readonly isQuiet: boolean } | undefined;
  readonly isOver: boolean;
}

export interface Stream extends Disposable {
  /** Until something worth reading came, or an answer, or the end. */
  wait(): Promise<void>;
  take(): Taken;
}

export interface SocketOptions {
  readonly address: URL;
  readonly sift: Sift;
  readonly clock: Clock;
}

/**
 * Opens one connection. Throws `Declined` where the network refuses what was asked, `Unavailable` where it cannot be had now.
 * One that does not answer a ping until the next is hung up: its other end went away without a word.
 */
export async function openStream({ address, sift, clock }: SocketOptions, signal: AbortSignal): Promise<Stream> {
  signal.throwIfAborted();
  const socket = new WebSocket(address, [SUBPROTOCOL], {
    perMessageDeflate: false,
    handshakeTimeout: HANDSHAKE_MS,
    maxPayload: LONGEST_FRAME,
  });
  const ending = new AbortController();
  let sifted: string[] = [];
  let characters = 0;
  let first: string | undefined;
  let last: string | undefined;
  let isClamped = false;
  let answered: Taken["answered"];
  let asked: { readonly at: IsoTime; readonly frames: number } | undefined;
  let frames = 0;
  let bell = Promise.withResolvers<undefined>();
  const ring = () => bell.resolve(undefined);

  socket.on("message", (bytes: Buffer) => {
    const raw = bytes.toString();
    const aside = toAside(raw);
    isClamped ||= aside === "clamped";
    if (aside !== undefined) return;
    frames += 1;
    first ??= raw;
    last = raw;
    if (!sift(raw)) return;
    sifted.push(raw);
    characters += raw.length;
    if (sifted.length >= MOST_WAITING || characters >= MOST_CHARACTERS) socket.pause();
    ring();
  });
  socket.on("pong", () => {
    answered = asked && { askedAt: asked.at, isQuiet: asked.frames === frames };
    asked = undefined;
    ring();
  });
  socket.on("close", () => {
    ending.abort();
    ring();
  });
  const hangUp = () => socket.terminate();
  signal.addEventListener("abort", hangUp, { once: true });
  ending.signal.addEventListener("abort", () => signal.removeEventListener("abort", hangUp), { once: true });

  const ping = () => {
    asked = { at: clock.now(), frames };
    socket.ping();
  };
  const beat = async (): Promise<void> => {
    for (;;) {
      await clock.sleep(PING_EVERY_MS, ending.signal);
      if (ending.signal.aborted) return;
      if (asked !== undefined && !socket.isPaused) hangUp();
      else if (asked === undefined) ping();
    }
  };

  await untilOpen(socket, clock, signal);
  ping();
  void beat();
  return {
    wait: async () => {
      await bell.promise;
      bell = Promise.withResolvers<undefined>();
    },
    take: () => {
      const taken = { sifted, first, last, isClamped, answered, isOver: ending.signal.aborted };
      sifted = [];
      characters = 0;
      first = undefined;
      last = undefined;
      isClamped = false;
      answered = undefined;
      if (socket.isPaused) socket.resume();
      return taken;
    },
    [Symbol.dispose]: hangUp,
  };
}
