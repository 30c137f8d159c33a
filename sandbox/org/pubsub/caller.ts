import { randomUUID } from "node:crypto";
import { Metadata } from "@grpc/grpc-js";
import type { Faults } from "../faults/faults.ts";
import { BusRefusal, statuses, unauthenticated, unavailable, usedUp } from "./bus-refusal.ts";
import type { EventBus } from "./event-bus.ts";

export interface PubSubParts {
  readonly bus: EventBus;
  readonly organizationId: string;
  readonly faults: Faults;
  /** Cuts the line of whoever calls from there. */
  readonly cut: (peer: string) => void;
}

/** The access token of a call that says who it is as Salesforce wants it. Whether the token still holds is another matter. */
export function toToken({ organizationId }: PubSubParts, metadata: Metadata): string {
  const [token, instance, tenant] = ["accesstoken", "instanceurl", "tenantid"].map((name) => metadata.get(name)[0]);
  if (typeof token !== "string" || token === "" || !URL.canParse(String(instance))) {
    const message = "The headers accesstoken, instanceurl and tenantid are needed.";
    throw new BusRefusal("UNAUTHENTICATED", "service.auth.headers.invalid", message);
  }
  if (tenant !== organizationId) throw unauthenticated();
  return token;
}

/** Does to a call what a test has ordered for it. "cut": nothing more can be said. Otherwise it goes on, or is refused. */
export async function sufferFaults(
  parts: PubSubParts,
  method: string,
  body: string,
): Promise<"cut" | "cut after" | undefined> {
  const act = parts.faults.strike({ method: "POST", path: `/eventbus.v1.PubSub/${method}`, body });
  if (act === "hold") await parts.faults.released();
  if (act === "503") throw unavailable();
  if (act === "expire") throw unauthenticated();
  if (act === "limit") throw usedUp();
  if (act === "drop-after") return "cut after";
  return act === "drop-before" ? "cut" : undefined;
}

/** As gRPC sends it: the code in the trailers, the number of the call behind the sentence. */
export function toStatus(error: unknown): { code: number; details: string; metadata: Metadata } {
  const reason = error instanceof Error ? error.message : String(error);
  const refusal = error instanceof BusRefusal ? error : new BusRefusal("INTERNAL", "service.internal.error", reason);
  const rpcId = randomUUID();
  const metadata = new Metadata();
  metadata.set("error-code", refusal.errorCode);
  metadata.set("rpc-id", rpcId);
  return { code: statuses[refusal.status], details: `${refusal.message} rpcId: ${rpcId}`, metadata };
}
