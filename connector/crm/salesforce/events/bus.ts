import { join } from "node:path";
import type { MethodDefinition, ServiceDefinition } from "@grpc/proto-loader";
import { z } from "zod";
import type { Grant } from "../login.ts";
import { toBusFailure } from "./failure.ts";

/** Where the bus is. */
export interface BusAddress {
  /** `host:port` */
  readonly endpoint: string;
  /** Without encryption: only for a bus on this very machine. */
  readonly insecure: boolean;
}

export interface BusOptions extends BusAddress {
  readonly grant: Grant;
  readonly orgId: string;
  readonly topic: string;
}

export interface BusEvent {
  readonly schemaId: string;
  readonly payload: Uint8Array;
}

/** What came; without events: a sign of life. */
export interface Batch {
  readonly events: readonly BusEvent[];
  /** Where to go on after this. */
  readonly replayId: Uint8Array;
}

/** A connection to Salesforce's event bus, for one topic and one access token. Throws what `toBusFailure` tells. */
export interface Bus extends Disposable {
  /** May we subscribe to the topic? */
  canSubscribe(signal: AbortSignal): Promise<boolean>;
  /** In Avro, as JSON. */
  schema(id: string, signal: AbortSignal): Promise<string>;
  /** All that comes after `replayId` (undefined: from now on). Asks for more only when what came was taken. Ends when the bus ends it. */
  subscribe(replayId: Uint8Array | undefined, signal: AbortSignal): AsyncGenerator<Batch>;
}

/** As many events as may be under way. */
const MOST = 100;
const ANSWER_MS = 30_000;
/** So many of the longest replies come in one batch. What speaks gRPC takes four million bytes if not told otherwise. */
const LONGEST_BATCH = 64_000_000;

const Bytes = z.instanceof(Uint8Array);
const TopicInfo = z.object({ can_subscribe: z.boolean() });
const SchemaInfo = z.object({ schema_json: z.string() });
const FetchResponse = z.object({
  events: z.array(
    z.object({ event: z.object({ schema_id: z.string(), payload: Bytes }).nullable(), replay_id: Bytes }),
  ),
  latest_replay_id: Bytes,
  pending_num_requested: z.number().int(),
});

/** Connects with the first call. What speaks gRPC is loaded here and not before: an org without events never pays for it. */
export async function openBus({ endpoint, insecure, grant, orgId, topic }: BusOptions): Promise<Bus> {
  const { Client, Metadata, credentials } = await import("@grpc/grpc-js");
  const { Subscribe, GetSchema, GetTopic } = await loadService();
  const client = new Client(endpoint, insecure ? credentials.createInsecure() : credentials.createSsl(), {
    // A new client is a new connection: when to try again is for us to say.
    "grpc.use_local_subchannel_pool": 1,
    "grpc.enable_retries": 0,
    "grpc.max_receive_message_length": LONGEST_BATCH,
    "grpc.service_config_disable_resolution": 1,
    ...(insecure ? { "grpc.enable_http_proxy": 0 } : {}),
  });
  const metadata = new Metadata();
  metadata.set("accesstoken", grant.access_token);
  metadata.set("instanceurl", grant.instance_url);
  metadata.set("tenantid", orgId);

  function ask({ path, requestSerialize, responseDeserialize }: Method, what: object, signal: AbortSignal) {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const options = { deadline: Date.now() + ANSWER_MS };
    const done = (error: unknown, answer: unknown): void => (error === null ? resolve(answer) : reject(error));
    const call = client.makeUnaryRequest(path, requestSerialize, responseDeserialize, what, metadata, options, done);
    return untilAborted(promise, () => call.cancel(), signal);
  }

  async function untilAborted<T>(answer: Promise<T>, cancel: () => void, signal: AbortSignal): Promise<T> {
    if (signal.aborted) cancel();
    signal.addEventListener("abort", cancel, { once: true });
    try {
      return await answer;
    } catch (error) {
      signal.throwIfAborted();
      throw toBusFailure(error, topic);
    } finally {
      signal.removeEventListener("abort", cancel);
    }
  }

  return {
    async canSubscribe(signal) {
      return TopicInfo.parse(await ask(GetTopic, { topic_name: topic }, signal)).can_subscribe;
    },
    async schema(id, signal) {
      return SchemaInfo.parse(await ask(GetSchema, { schema_id: id }, signal)).schema_json;
    },
    async *subscribe(replayId, signal) {
      const { path, requestSerialize, responseDeserialize } = Subscribe;
      const call = client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize, metadata);
      // After the last look at it the call may still fail, of our cancelling it.
      call.on("error", () => undefined);
      const from =
        replayId === undefined ? { replay_preset: "LATEST" } : { replay_preset: "CUSTOM", replay_id: replayId };
      call.write({ topic_name: topic, num_requested: MOST, ...from });
      const answers = call[Symbol.asyncIterator]();
      const next = () => untilAborted(answers.next(), () => call.cancel(), signal);
      try {
        for (let answer = await next(); answer.done !== true; answer = await next()) {
          const { events, latest_replay_id, pending_num_requested } = FetchResponse.parse(answer.value);
          yield {
            events: events.flatMap(({ event }) => (event === null ? [] : toBusEvent(event))),
            replayId: events.at(-1)?.replay_id ?? latest_replay_id,
          };
          if (pending_num_requested <= MOST / 2) {
            call.write({ topic_name: topic, num_requested: MOST - pending_num_requested });
          }
        }
      } finally {
        call.cancel();
      }
    },
    [Symbol.dispose]: () => client.close(),
  };
}

function toBusEvent(event: { readonly schema_id: string; readonly payload: Uint8Array }): BusEvent {
  return { schemaId: event.schema_id, payload: event.payload };
}

type Method = MethodDefinition<object, object>;

async function loadService() {
  const { load } = await import("@grpc/proto-loader");
  const file = join(import.meta.dirname, "pubsub.proto");
  const loaded = await load(file, { keepCase: true, defaults: true, enums: String });
  const { Subscribe, GetSchema, GetTopic } = loaded["eventbus.v1.PubSub"] as ServiceDefinition;
  if (Subscribe === undefined || GetSchema === undefined || GetTopic === undefined)
    throw new Error(`${file} is broken`);
  return { Subscribe, GetSchema, GetTopic };
}
