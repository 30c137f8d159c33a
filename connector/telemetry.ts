import { destination as openDestination, pino } from "pino";
import type { DestinationStream, Level, Logger } from "pino";
import { Registry } from "prom-client";
import { Misconfigured, Unavailable } from "./errors.ts";
import { toMetrics, type Metrics } from "./telemetry/metrics.ts";

/** Messages are static sentences, everything variable is a field; no field holds text of a post, a token or a name. */
export type Log = Logger;
export type LogLevel = Level | "silent";

export interface Telemetry {
  readonly log: Log;
  readonly metrics: Metrics;
}

/** Fields that must never be written, in case a foreign object is logged whole: at the top and one level down. */
const SECRET = [
  "token",
  "accessToken",
  "access_token",
  "secret",
  "client_secret",
  "password",
  "authorization",
  "cookie",
];
const PERSONAL = ["text", "value", "excerpt", "handle", "displayName", "email", "phone"];

/**
 * A logger that writes JSON lines (to standard output, or to `destination`) and the connector's metrics in a registry of
 * their own. Two of them in one process do not meet.
 */
export function openTelemetry(options: { level: LogLevel; destination?: DestinationStream }): Telemetry {
  const hidden = [...SECRET, ...PERSONAL].flatMap((field) => [field, `*.${field}`, `*.headers.${field}`]);
  const log = pino(
    {
      level: options.level,
      base: null,
      timestamp: () => `,"at":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: hidden, censor: "[hidden]" },
      serializers: { err: toFault, error: toFault },
    },
    options.destination ?? openDestination({ fd: 1, sync: true }),
  );
  return { log, metrics: toMetrics(new Registry()) };
}

/** An error as it may be logged or stored. */
export interface Fault {
  readonly name: string;
  /** Only of errors that we worded ourselves: any other message may quote what a customer wrote. */
  readonly message?: string;
  readonly code?: string;
  readonly frames: readonly string[];
  readonly cause?: Fault;
}

/** What can be said of an error without quoting anybody: its name, code, where it was thrown, and what caused it. */
export function toFault(error: unknown): Fault {
  if (!Error.isError(error)) return { name: typeof error, frames: [] };
  const frames = toFrames(error);
  return {
    name: error.name,
    ...(error instanceof Unavailable || error instanceof Misconfigured ? { message: error.message } : {}),
    ...("code" in error && typeof error.code === "string" ? { code: error.code } : {}),
    frames,
    ...(error.cause === undefined ? {} : { cause: toFault(error.cause) }),
  };
}

/** The stack begins with the message, and that may be of several lines: what follows it are frames. */
function toFrames({ stack = "", message }: Error): readonly string[] {
  const calls = stack.slice(stack.indexOf(message) + message.length).split("\n");
  const frames = calls.map((line) => line.trim()).filter((line) => line.startsWith("at "));
  return frames.slice(0, 8);
}
