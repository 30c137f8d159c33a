import { randomUUID } from "node:crypto";
import type { Actor } from "../access.ts";
import { BusRefusal, mayNotSubscribe, noTopic, unauthenticated, usedUp } from "./bus-refusal.ts";
import type { EventLog } from "./event-log.ts";
import { toPosition, toReplayId, type ConsumerEvent, type FetchRequest, type FetchResponse } from "./messages.ts";
import { toPayload } from "./to-payload.ts";
import { maySubscribe, type Topic, type Topics } from "./topics.ts";

export interface SubscriptionParts {
  readonly log: EventLog;
  readonly topics: Topics;
  /** Asked anew each time, so an ended session or a permission taken away ends the stream. */
  readonly actor: () => Actor | undefined;
  /** Events of the day's allocation that may still be delivered, and their being delivered. */
  readonly allocation: { readonly left: () => number; readonly take: (events: number) => void };
  readonly send: (response: FetchResponse) => void;
}

/** One stream of events. Every call may throw a `BusRefusal`, which ends it. */
export interface Subscription {
  /** The first one says what is wanted from where; each one raises how much. */
  request(request: FetchRequest): void;
  /** Sends what is there, as far as it was asked for. */
  pump(): void;
  /** Says that all is well, and how far the bus has got. */
  keepAlive(): void;
  /** Looks whether the caller still may listen. */
  check(): void;
}

const mostRequested = 100;

export function openSubscription({ log, topics, actor, allocation, send }: SubscriptionParts): Subscription {
  let topic: Topic | undefined;
  let position = 0;
  let wanted = 0;

  function begin(request: FetchRequest): Topic {
    if (request.topic_name === "") {
      throw new BusRefusal("INVALID_ARGUMENT", "topic.validation.empty", "The topic name is empty.");
    }
    const found = topics.find(request.topic_name);
    if (found === undefined) throw noTopic(request.topic_name);
    requireActor(found);
    position = toStart(log, request);
    return found;
  }

  function requireActor(of: Topic): Actor {
    const who = actor();
    if (who === undefined) throw unauthenticated();
    if (!maySubscribe(who, of)) throw mayNotSubscribe(of.name);
    return who;
  }

  function respond(events: readonly ConsumerEvent[]): void {
    const latest_replay_id = toReplayId(position);
    send({ events, latest_replay_id, rpc_id: randomUUID(), pending_num_requested: wanted });
  }

  function pump(): void {
    if (topic === undefined) return;
    const who = requireActor(topic);
    const found = wanted === 0 ? [] : log.after(position, new Set(topic.objects.keys()), wanted);
    if (found.length === 0) return;
    if (allocation.left() < found.length) throw usedUp();
    const { objects } = topic;
    const events = found.map(({ position: at, event }): ConsumerEvent => {
      const object = objects.get(event.entity);
      if (object === undefined) throw new Error(`an event of ${event.entity} on ${topic?.name ?? "no topic"}`);
      const schema = topics.schemaOf(event.entity);
      const payload = toPayload(event, object, schema, who);
      return { event: { id: randomUUID(), schema_id: schema.id, payload }, replay_id: toReplayId(at) };
    });
    position = found.at(-1)?.position ?? position;
    wanted -= found.length;
    allocation.take(found.length);
    respond(events);
  }

  return {
    pump,
    request: (request) => {
      if (topic !== undefined && request.topic_name !== "" && request.topic_name !== topic.name) {
        const message = "The topic must stay the same in a stream.";
        throw new BusRefusal("INVALID_ARGUMENT", "subscription.fetch.topic.mismatch", message);
      }
      if (request.num_requested <= 0) {
        const message = "The number of requested events must be greater than zero.";
        throw new BusRefusal("INVALID_ARGUMENT", "subscription.fetch.requested.events.invalid", message);
      }
      topic ??= begin(request);
      wanted = Math.min(mostRequested, wanted + request.num_requested);
      pump();
    },
    check: () => {
      if (topic !== undefined) requireActor(topic);
    },
    keepAlive: () => {
      if (topic === undefined) return;
      pump();
      // Where more is wanted there is nothing left: all up to now has been delivered.
      if (wanted > 0) position = log.mark();
      if (wanted > 0) respond([]);
    },
  };
}

function toStart(log: EventLog, { replay_preset, replay_id }: FetchRequest): number {
  if (replay_preset === "EARLIEST") return 0;
  if (replay_preset === "LATEST") return log.mark();
  if (replay_id.length === 0) {
    const message = "A replay ID is needed with the replay preset CUSTOM.";
    throw new BusRefusal("INVALID_ARGUMENT", "subscription.fetch.replayid.validation.failed", message);
  }
  const position = toPosition(replay_id);
  if (position !== undefined && log.isKept(position)) return position;
  const message = "The Replay ID validation failed. Ensure that the Replay ID is valid.";
  throw new BusRefusal("INVALID_ARGUMENT", "subscription.fetch.replayid.corrupted", message);
}
