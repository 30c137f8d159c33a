import { Client, credentials, Metadata, type ChannelCredentials, type ServiceError } from "@grpc/grpc-js";
import { loadSync, type MethodDefinition, type ServiceDefinition } from "@grpc/proto-loader";
import avro from "avsc";
import { protoFile, serviceName, type FetchRequest, type FetchResponse } from "../pubsub/messages.ts";

/** Somebody who listens to the org's events as clients of Salesforce do. */
export interface Subscriber extends AsyncDisposable {
  /** A call with one answer; rejects with a `Refused`. */
  ask(method: "GetTopic" | "GetSchema", what: object): Promise<Record<string, string | boolean>>;
  /** A stream of a topic, which is asked for events at once. */
  listen(from: Partial<FetchRequest>): EventStream;
  /** An event, read by its schema. */
  read(event: FetchResponse["events"][number]): Promise<ReadEvent>;
}

export interface EventStream {
  request(more: Partial<FetchRequest>): void;
  /** The next answer. Rejects with a `Refused` where the stream has ended. */
  next(): Promise<FetchResponse>;
  close(): void;
}

/** What a decoded event holds: its header, and fields by name, null where they did not change. */
export interface ReadEvent {
  readonly ChangeEventHeader: Readonly<Record<string, unknown>> & { readonly changedFields: readonly string[] };
  readonly [field: string]: unknown;
}

export class Refused extends Error {
  readonly status: number;
  readonly errorCode: string;

  constructor({ code, details, metadata }: ServiceError) {
    super(details);
    this.status = code;
    this.errorCode = String(metadata.get("error-code")[0] ?? "").replace("sfdc.platform.eventbus.grpc.", "");
  }
}

interface SubscriberOptions {
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly credentials?: ChannelCredentials;
}

export function openSubscriber({ endpoint, headers, credentials: by }: SubscriberOptions): Subscriber {
  const service = loadSync(protoFile, { keepCase: true, defaults: true, enums: String })[serviceName];
  const methods = service as ServiceDefinition as Record<string, MethodDefinition<object, object>>;
  const client = new Client(endpoint, by ?? credentials.createInsecure(), { "grpc.use_local_subchannel_pool": 1 });
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(headers)) metadata.set(name, value);
  const types = new Map<string, avro.Type>();

  function method(name: string): MethodDefinition<object, object> {
    const found = methods[name];
    if (found === undefined) throw new Error(`the service has no ${name}`);
    return found;
  }

  const ask: Subscriber["ask"] = (name, what) => {
    const { path, requestSerialize, responseDeserialize } = method(name);
    const { promise, resolve, reject } = Promise.withResolvers<Record<string, string | boolean>>();
    client.makeUnaryRequest(path, requestSerialize, responseDeserialize, what, metadata, (error, answer) => {
      if (error) reject(new Refused(error));
      else resolve(answer as Record<string, string | boolean>);
    });
    return promise;
  };

  return {
    ask,
    listen: (from) => {
      const { path, requestSerialize, responseDeserialize } = method("Subscribe");
      const call = client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize, metadata);
      const answers = call[Symbol.asyncIterator]() as AsyncIterator<FetchResponse>;
      call.on("error", () => undefined);
      call.write(from);
      return {
        request: (more) => void call.write(more),
        next: async () => {
          const answer = await answers.next().catch((error: unknown) => {
            throw new Refused(error as ServiceError);
          });
          if (answer.done === true) throw new Error("the stream has ended");
          return answer.value;
        },
        close: () => call.cancel(),
      };
    },
    read: async ({ event }) => {
      const { schema_json: json } = await ask("GetSchema", { schema_id: event.schema_id });
      const type = types.get(event.schema_id) ?? avro.Type.forSchema(JSON.parse(String(json)) as never);
      types.set(event.schema_id, type);
      return type.fromBuffer(event.payload) as ReadEvent;
    },
    [Symbol.asyncDispose]: () => {
      client.close();
      return Promise.resolve();
    },
  };
}

/** The names behind a bitmap of an event: of the fields of its schema, by their places in it. */
export function namesOf(schemaJson: string, bitmap: readonly string[]): string[] {
  const { fields } = JSON.parse(schemaJson) as { fields: { name: string }[] };
  const bits = BigInt(bitmap[0] ?? "0");
  return fields.filter((_, at) => ((bits >> BigInt(at)) & 1n) === 1n).map(({ name }) => name);
}
