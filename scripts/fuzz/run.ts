import { Refused } from "../../connector/errors.ts";
import { toHeaders } from "../../connector/http/to-headers.ts";
import type { Delivery } from "../../connector/sources/source.ts";
import { openWebhook } from "../../connector/sources/webhook/index.ts";
import { DeliveryForm } from "../../connector/sources/webhook/schema.ts";
import { isSigned, NOW, SECRET, type Wire } from "./delivery.ts";
import { toUnsound } from "./to-unsound.ts";
import { openLine, type Line } from "./line.ts";
import { toChance } from "./random.ts";
import { toCase, type Case } from "./to-case.ts";

export interface FuzzOptions {
  readonly count: number;
  readonly seed: number;
  /** One in so many goes through a real server. */
  readonly overHttp: number;
  /** Told when so many are done. */
  readonly onDone?: (done: number) => void;
}

export interface FuzzReport {
  readonly taken: number;
  readonly refused: number;
  /** Of all of them, how many went through a real server. */
  readonly overHttp: number;
  /** What must never be, each with the number of its case. */
  readonly violations: readonly string[];
}

export const SOURCE = {
  name: "shop",
  label: "The Shop",
  secret: `whsec_${SECRET.toString("base64")}`,
  secretEnv: "SHOP",
} as const;

/**
 * Plays `count` mutated deliveries: none may crash, none may be taken unsigned, and what is taken must be what the form allows
 * and what a post may be. The same seed plays the same ones.
 */
export async function runFuzz({ count, seed, overHttp, onDone }: FuzzOptions): Promise<FuzzReport> {
  const source = await openWebhook(SOURCE);
  const receive = (wire: Wire): Delivery => {
    const delivery = source.receive?.({ headers: toHeaders(wire.headers.flat()), body: wire.body }, NOW);
    if (delivery === undefined) throw new Error("It receives nothing");
    return delivery;
  };
  await using line = await openLine(source);
  const report = { taken: 0, refused: 0, overHttp: 0, violations: [] as string[] };
  for (let n = 1; n <= count; n++) {
    const one = toCase(toChance(seed + n));
    const { isTaken, violation } = play(one, receive);
    if (isTaken) report.taken += 1;
    else report.refused += 1;
    const faults = [violation];
    if (n % overHttp === 0) {
      report.overHttp += 1;
      faults.push(await sendOver(line, one, isTaken));
    }
    for (const fault of faults) if (fault !== undefined) report.violations.push(`case ${seed + n}: ${fault}`);
    onDone?.(n);
  }
  return report;
}

function play(one: Case, receive: (wire: Wire) => Delivery): { isTaken: boolean; violation?: string | undefined } {
  try {
    return { isTaken: true, violation: toViolation(one, receive(one)) };
  } catch (error) {
    if (!(error instanceof Refused)) return { isTaken: false, violation: `it crashed: ${String(error)}` };
    return { isTaken: false, violation: one.isUntouched ? `a good one was refused: ${error.message}` : undefined };
  }
}

function toViolation(one: Case, delivery: Delivery): string | undefined {
  if (!isSigned(one)) return "it was taken unsigned";
  if (!DeliveryForm.safeParse(JSON.parse(new TextDecoder().decode(one.body))).success)
    return "it was taken against its form";
  return toUnsound(delivery);
}

/** What the server makes of it must be what the source makes of it, whatever HTTP does to the headers on the way. */
async function sendOver(line: Line, one: Case, isTaken: boolean): Promise<string | undefined> {
  const status = await line.send(one);
  if (status === 202) return isTaken ? undefined : "a server took what is to be refused";
  if (![400, 401, 413, 431].includes(status)) return `a server answered ${status}`;
  return one.isUntouched ? `a server refused a good one: ${status}` : undefined;
}
