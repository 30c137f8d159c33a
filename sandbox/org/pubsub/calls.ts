import { randomUUID } from "node:crypto";
import type { sendUnaryData, ServerDuplexStream, ServerUnaryCall } from "@grpc/grpc-js";
import type { Actor } from "../access.ts";
import { BusRefusal, noTopic, unauthenticated, unavailable } from "./bus-refusal.ts";
import { sufferFaults, toStatus, toToken, type PubSubParts } from "./caller.ts";
import type { Stream } from "./event-bus.ts";
import type { FetchRequest, FetchResponse } from "./messages.ts";
import { maySubscribe } from "./topics.ts";

type Answer = Readonly<Record<string, string | boolean>>;
type Unary = (call: ServerUnaryCall<Record<string, string>, Answer>, done: sendUnaryData<Answer>) => void;

export interface PubSubCalls {
  readonly GetTopic: Unary;
  readonly GetSchema: Unary;
  readonly Subscribe: (call: ServerDuplexStream<FetchRequest, FetchResponse>) => void;
}

export function toCalls(parts: PubSubParts): PubSubCalls {
  const unary =
    (method: string, answer: (request: Record<string, string>, actor: Actor) => Answer): Unary =>
    (call, done) => {
      const run = async (): Promise<void> => {
        const ordered = await sufferFaults(parts, method, JSON.stringify(call.request));
        if (ordered === "cut") {
          parts.cut(call.getPeer());
          return;
        }
        const actor = parts.bus.actor(toToken(parts, call.metadata));
        if (actor === undefined) throw unauthenticated();
        const found = answer(call.request, actor);
        if (ordered === "cut after") parts.cut(call.getPeer());
        else done(null, { ...found, rpc_id: randomUUID() });
      };
      run().catch((error: unknown) => done(toStatus(error)));
    };

  return {
    GetTopic: unary("GetTopic", ({ topic_name: name = "" }, actor) => {
      if (name === "") throw new BusRefusal("INVALID_ARGUMENT", "topic.validation.empty", "The topic name is empty.");
      const topic = parts.bus.topics.find(name);
      if (topic === undefined) throw noTopic(name);
      return {
        topic_name: name,
        tenant_guid: `core/sandbox/${parts.organizationId}`,
        can_publish: false,
        can_subscribe: maySubscribe(actor, topic),
        schema_id: topic.schema?.id ?? "",
      };
    }),
    GetSchema: unary("GetSchema", ({ schema_id: id = "" }) => {
      if (id === "") throw new BusRefusal("INVALID_ARGUMENT", "schema.validation.failed", "The schema ID is empty.");
      const schema = parts.bus.topics.schemaById(id);
      if (schema === undefined)
        throw new BusRefusal("NOT_FOUND", "schema.meta.permission", `There is no schema ${id}.`);
      return { schema_json: schema.json, schema_id: id };
    }),
    Subscribe: (call) => subscribe(parts, call),
  };
}

function subscribe(parts: PubSubParts, call: ServerDuplexStream<FetchRequest, FetchResponse>): void {
  let stream: Stream | undefined;
  let cutAfter = false;
  const refuse = (error: unknown): void => void call.emit("error", toStatus(error));

  function send(response: FetchResponse): void {
    call.write(response);
    if (!cutAfter || response.events.length === 0) return;
    stream?.close();
    refuse(unavailable());
  }

  async function begin(request: FetchRequest): Promise<void> {
    const ordered = await sufferFaults(parts, "Subscribe", request.topic_name);
    if (ordered === "cut") {
      parts.cut(call.getPeer());
      return;
    }
    cutAfter = ordered === "cut after";
    stream = parts.bus.open(toToken(parts, call.metadata), { send, refuse });
    stream.request(request);
  }

  let begun = Promise.resolve();
  call.once("data", (first: FetchRequest) => {
    begun = begin(first).catch(refuse);
    call.on("data", (request: FetchRequest) => void begun.then(() => stream?.request(request)));
  });
  const leave = (): void => {
    stream?.close();
    call.end();
  };
  call.on("cancelled", leave);
  call.on("end", leave);
}
