import { destination as openDestination, pino } from "pino";
import type { DestinationStream, Level, Logger } from "pino";
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from "prom-client";
import { Misconfigured, Unavailable } from "./errors.ts";

/** Messages are static sentences, everything variable is a field; no field holds text of a post, a token or a name. */
export type Log = Logger;
export type LogLevel = Level | "silent";

export interface Metrics {
  /** What `/metrics` answers with, and its content type. */
  readonly registry: Registry;
  readonly postsHeard: Counter<"network" | "account">;
  readonly postsRecorded: Counter<"outcome">;
  /** From the moment the post was written on the network until its Case stands. */
  readonly postToCaseSeconds: Histogram;
  readonly crmCalls: Counter<"kind">;
  /** What is left of the day's calls, as the CRM reported last. */
  readonly crmCallsLeft: Gauge;
  readonly replies: Counter<"status">;
  readonly parked: Gauge<"log">;
  readonly lagEntries: Gauge<"log">;
  readonly journalAppendSeconds: Histogram;
}

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

function toMetrics(registry: Registry): Metrics {
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const crmCallsLeft = new Gauge({
    name: "earshot_crm_calls_left",
    help: "Calls left of the CRM's daily limit, as it reported last.",
    registers,
  });
  // Until the CRM has said how many there are it would read 0, which is an alarm.
  crmCallsLeft.remove({});
  return {
    registry,
    postsHeard: new Counter({
      name: "earshot_posts_heard_total",
      help: "Posts that a source delivered, repetitions included.",
      labelNames: ["network", "account"],
      registers,
    }),
    postsRecorded: new Counter({
      name: "earshot_posts_recorded_total",
      help: "Posts that went through the pipeline, by what became of them.",
      labelNames: ["outcome"],
      registers,
    }),
    postToCaseSeconds: new Histogram({
      name: "earshot_post_to_case_seconds",
      help: "Time from a post on its network to its Case in the CRM.",
      buckets: [0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3600],
      registers,
    }),
    crmCalls: new Counter({
      name: "earshot_crm_calls_total",
      help: "Calls to the CRM's API.",
      labelNames: ["kind"],
      registers,
    }),
    crmCallsLeft,
    replies: new Counter({
      name: "earshot_replies_total",
      help: "Replies that reached a verdict.",
      labelNames: ["status"],
      registers,
    }),
    parked: new Gauge({
      name: "earshot_parked",
      help: "Entries that wait for somebody to look at them.",
      labelNames: ["log"],
      registers,
    }),
    lagEntries: new Gauge({
      name: "earshot_lag_entries",
      help: "Entries read from the log and not yet passed.",
      labelNames: ["log"],
      registers,
    }),
    journalAppendSeconds: new Histogram({
      name: "earshot_journal_append_seconds",
      help: "Time until an append was durable.",
      buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
      registers,
    }),
  };
}
