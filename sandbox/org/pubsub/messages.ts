import { join } from "node:path";

/** The service as `pubsub.proto` has it, in TypeScript's words. */
export const protoFile = join(import.meta.dirname, "pubsub.proto");
export const serviceName = "eventbus.v1.PubSub";

export interface FetchRequest {
  readonly topic_name: string;
  readonly replay_preset: "LATEST" | "EARLIEST" | "CUSTOM";
  readonly replay_id: Buffer;
  readonly num_requested: number;
}

export interface FetchResponse {
  readonly events: readonly ConsumerEvent[];
  readonly latest_replay_id: Buffer;
  readonly rpc_id: string;
  readonly pending_num_requested: number;
}

export interface ConsumerEvent {
  readonly event: { readonly id: string; readonly schema_id: string; readonly payload: Buffer };
  readonly replay_id: Buffer;
}

/** Eight bytes. Nothing in them is for clients to read. */
export function toReplayId(position: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(position));
  return bytes;
}

/** undefined: none of ours. */
export function toPosition(replayId: Uint8Array): number | undefined {
  if (replayId.length !== 8) return undefined;
  const position = Number(Buffer.from(replayId).readBigUInt64BE());
  return Number.isSafeInteger(position) ? position : undefined;
}
