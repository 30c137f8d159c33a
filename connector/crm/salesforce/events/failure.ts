import { z } from "zod";
import { Unavailable } from "../../../errors.ts";

/** The bus does not take our access token any more: log in anew. */
export class TokenRefused extends Error {
  override readonly name = "TokenRefused";
}

/** The bus does not go on from where we stood: too long ago, or of another bus. */
export class ReplayLost extends Error {
  override readonly name = "ReplayLost";
}

/** There are no events for us until somebody mends that, or for long: it is not worth asking before `forMs` have passed. */
export class NoEvents extends Unavailable {
  override readonly name = "NoEvents";
  readonly forMs: number;
  readonly remedy: string;

  constructor(message: string, options: { readonly forMs: number; readonly remedy: string; readonly cause?: unknown }) {
    super(message, { cause: options.cause });
    this.forMs = options.forMs;
    this.remedy = options.remedy;
  }
}

/** Once an hour: somebody may have mended it. */
const MENDED_MS = 60 * 60_000;
const DAY_MS = 24 * 60 * 60_000;
const CROWDED_MS = 15 * 60_000;

/** gRPC's status codes that mean something here. */
const [INVALID_ARGUMENT, NOT_FOUND, PERMISSION_DENIED, RESOURCE_EXHAUSTED, UNIMPLEMENTED, UNAUTHENTICATED] = [
  3, 5, 7, 8, 12, 16,
];

const Trailers = z.custom<{ get(key: string): readonly (string | Buffer)[] }>(
  (value) => typeof value === "object" && value !== null && "get" in value,
);
const CallError = z.object({ code: z.number().int(), metadata: Trailers.optional() });

/** What a call to the bus throws, in our words. `topic` is named where the org does not offer it. Anything else stays what it is. */
export function toBusFailure(error: unknown, topic: string): Error {
  const parsed = CallError.safeParse(error);
  if (!parsed.success) return error instanceof Error ? error : new Error(String(error));
  const { code, metadata } = parsed.data;
  const said = metadata?.get("error-code")[0]?.toString() ?? "";
  // What the service calls it comes first: by which status it says so has changed before.
  if (said.includes(".replayid.")) return new ReplayLost("The bus does not go on from there", { cause: error });
  if (code === UNAUTHENTICATED || said.includes(".service.auth.")) {
    return new TokenRefused("The bus refuses the access token", { cause: error });
  }
  if (said.endsWith(".subscription.limit.exceeded")) return toExhausted(error);
  if (code === RESOURCE_EXHAUSTED || said.endsWith(".limit.exceeded")) return toCrowded(error);
  if (code === NOT_FOUND || code === PERMISSION_DENIED || said.includes("topic")) return toNoTopic(topic, error);
  if (code === INVALID_ARGUMENT || code === UNIMPLEMENTED) {
    return new NoEvents(`Salesforce's event service refuses what we ask (${said === "" ? `gRPC ${code}` : said})`, {
      forMs: MENDED_MS,
      remedy: "Check salesforce.events.endpoint, or switch events off there.",
      cause: error,
    });
  }
  return new Unavailable("Salesforce's event service cannot be reached or does not answer", { cause: error });
}

function toExhausted(cause: unknown): NoEvents {
  return new NoEvents("The org's daily limit of delivered events is used up", {
    forMs: DAY_MS,
    remedy: "See in Setup → Company Information who takes the events; it is tried again in 24 hours.",
    cause,
  });
}

function toCrowded(cause: unknown): NoEvents {
  return new NoEvents("Salesforce's event service takes no more clients of this org now", {
    forMs: CROWDED_MS,
    remedy: "See what else subscribes to events of this org; it is tried again in a quarter of an hour.",
    cause,
  });
}

export function toNoTopic(topic: string, cause?: unknown): NoEvents {
  return new NoEvents(`The org does not let us hear ${topic}`, {
    forMs: MENDED_MS,
    remedy:
      "Select Social Reply in Setup → Change Data Capture (org-setup does), and give the connector's user the permission " +
      "sets Social Connector and Social Connector Org.",
    cause,
  });
}
