import type { Reply } from "../../../connector/model/reply.ts";
import { toActs, type Fault, type Step } from "./faults.ts";
import type { Scene } from "./scene.ts";

/** One reply's way. */
export interface Send {
  readonly reply: Reply;
  /** What went wrong on it, and where. */
  readonly name: string;
  /** How many things were to go wrong, and how many did. */
  readonly planned: number;
  readonly struck: number;
  readonly steps: readonly Step[];
}

/** Between two sends so much time passes that what is looked up for the next one is not among a thousand others. */
const PAUSE_MS = 600_000;

/**
 * Sends these replies one after the other. On the way of the first nothing goes wrong; on the next ways each thing at each
 * step of that way, in turn; then, on ways that go wrong like that, each second thing at each step of what follows: of
 * these as many as there are replies, spread evenly.
 */
export async function sendAll(scene: Scene, replies: readonly Reply[]): Promise<readonly Send[]> {
  const [first, ...others] = replies;
  if (first === undefined) return [];
  await scene.sender.untilQuiet();
  const usual = await sendOne(scene, first, []);
  const singles = toFaults(usual.steps).map((fault) => [fault]);
  const struckOnce = await sendEach(scene, others.slice(0, singles.length), singles);
  const pairs = struckOnce.flatMap(({ faults, send }) => {
    const last = faults.at(-1)?.after ?? 0;
    return toFaults(send.steps.slice(last)).map((second) => [...faults, second]);
  });
  const left = others.slice(singles.length);
  const spread = left.map((_, index) => pairs[Math.floor((index * pairs.length) / left.length)] ?? []);
  const struckTwice = await sendEach(scene, left, spread);
  return [usual, ...[...struckOnce, ...struckTwice].map(({ send }) => send)];
}

/** All that may go wrong at each of these steps. */
function toFaults(steps: readonly Step[]): readonly Fault[] {
  return steps.flatMap((step, index) => toActs(step).map((act) => ({ after: index + 1, act })));
}

interface Struck {
  readonly faults: readonly Fault[];
  readonly send: Send;
}

async function sendEach(
  scene: Scene,
  replies: readonly Reply[],
  plans: readonly (readonly Fault[])[],
): Promise<readonly Struck[]> {
  const done: Struck[] = [];
  for (const [index, reply] of replies.entries()) {
    const faults = plans[index] ?? [];
    done.push({ faults, send: await sendOne(scene, reply, faults) });
  }
  return done;
}

async function sendOne({ path, sender, clock }: Scene, reply: Reply, faults: readonly Fault[]): Promise<Send> {
  path.begin(faults);
  await sender.hand(reply);
  await sender.untilDone();
  clock.advance(PAUSE_MS);
  const { steps, struck } = path;
  return { reply, struck, steps, planned: faults.length, name: toName(faults, steps) };
}

/** Such as "drop-after at 3 (network publish), crash before at 5 (crm claim)". */
function toName(faults: readonly Fault[], steps: readonly Step[]): string {
  let at = 0;
  const names = faults.map(({ after, act }) => {
    at += after;
    const step = steps[at - 1];
    return `${act} at ${at} (${step === undefined ? "never reached" : `${step.on} ${step.what}`})`;
  });
  return names.length === 0 ? "nothing goes wrong" : names.join(", ");
}
