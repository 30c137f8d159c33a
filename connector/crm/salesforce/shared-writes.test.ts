import { manualClock } from "../../../test/fakes/manual-clock.ts";
import { Unavailable } from "../../errors.ts";
import { COLLECTION, type Collection } from "./collection.ts";
import type { Session, Step, StepResult } from "./connect.ts";
import { openSharedWrites, type Seat } from "./shared-writes.ts";
import type { Shared } from "./write-together.ts";

const never = new AbortController().signal;

/** An org that answers each call when the test says so. */
function openSlowOrg() {
  const calls: {
    readonly rows: readonly string[];
    answer(refused?: readonly string[]): void;
    fail(error: Error): void;
  }[] = [];
  const session: Session = {
    userId: undefined,
    composite(steps) {
      const { promise, resolve, reject } = Promise.withResolvers<ReadonlyMap<string, StepResult>>();
      const answer = (refused: readonly string[] = []): void =>
        resolve(new Map(steps.map((step) => [step.ref, toAnswer(step, refused)])));
      calls.push({ rows: steps.flatMap(toNames), answer, fail: reject });
      return promise;
    },
    more: () => Promise.reject(new Error("there is no further page")),
  };
  const clock = manualClock();
  return { calls, clock, shared: openSharedWrites(session, clock) };
}

function toNames({ body }: Step): readonly string[] {
  return (body as { readonly records: readonly { readonly name: string }[] }).records.map(({ name }) => name);
}

function toAnswer(step: Step, refused: readonly string[]): StepResult {
  const body = toNames(step).map((name) =>
    refused.includes(name)
      ? { success: false, errors: [{ statusCode: "HOUSE_RULE", message: "", fields: [] }] }
      : { success: true, errors: [] },
  );
  return { status: 200, body };
}

function write(seat: Seat, ...names: readonly string[]): Promise<Shared> {
  const rows = new Map(names.map((name) => [name, { name }]));
  const tasks: Collection = { ref: "tasks", method: "POST", path: COLLECTION, type: "Task", rows, isDone: () => false };
  return seat.write({ collections: [tasks], urgency: "usual", signal: never });
}

/** Everything that can happen without time passing has happened. */
const settled = (): Promise<void> => new Promise(setImmediate);

test("a batch alone goes at once", async () => {
  const { calls, clock, shared } = openSlowOrg();
  const writing = write(shared.enter(1), "a");
  expect(calls).toHaveLength(1);
  expect(clock.wakesInMs()).toBe(Infinity);
  calls[0]?.answer();
  expect((await writing).outcomes).toEqual(new Map([["tasks a", undefined]]));
});

test("batches whose first call is under way share one, and each goes on only when it stands", async () => {
  const { calls, shared } = openSlowOrg();
  const [one, other, third] = [shared.enter(1), shared.enter(1), shared.enter(1)];
  let isDone = false;
  const writing = write(one, "a", "b").finally(() => (isDone = true));
  third.leave();
  await settled();
  expect(calls).toEqual([]);
  const others = write(other, "c");
  expect(calls.map(({ rows }) => rows)).toEqual([["a", "b", "c"]]);
  await settled();
  expect(isDone).toBe(false);
  calls[0]?.answer(["b"]);
  expect([...(await writing).outcomes]).toMatchObject([
    ["tasks a", undefined],
    ["tasks b", { reason: "HOUSE_RULE" }],
  ]);
  expect((await others).outcomes).toEqual(new Map([["tasks c", undefined]]));
});

test("what is asked for during a call goes with the next one", async () => {
  const { calls, shared } = openSlowOrg();
  const first = write(shared.enter(1), "a");
  const rest = [write(shared.enter(1), "b"), write(shared.enter(1), "c")];
  await settled();
  expect(calls).toHaveLength(1);
  calls[0]?.answer();
  await first;
  expect(calls[1]?.rows).toEqual(["b", "c"]);
  calls[1]?.answer();
  await Promise.all(rest);
});

test("large batches wait for company, unless a small one is among them", async () => {
  const { calls, clock, shared } = openSlowOrg();
  for (const name of ["a", "b", "c"]) void write(shared.enter(200), name);
  await settled();
  expect(calls).toEqual([]);
  void write(shared.enter(200), "d");
  expect(calls.map(({ rows }) => rows)).toEqual([["a", "b", "c", "d"]]);
  calls[0]?.answer();
  await settled();
  void write(shared.enter(200), "e");
  clock.advance(499);
  await settled();
  expect(calls).toHaveLength(1);
  clock.advance(1);
  await settled();
  expect(calls[1]?.rows).toEqual(["e"]);
  calls[1]?.answer();
  await settled();
  void write(shared.enter(200), "f");
  void write(shared.enter(1), "g");
  expect(calls[2]?.rows).toEqual(["f", "g"]);
});

test("neither a batch that is held nor a call that hangs holds up the others for long", async () => {
  const { calls, clock, shared } = openSlowOrg();
  shared.enter(1);
  void write(shared.enter(1), "a");
  clock.advance(499);
  await settled();
  expect(calls).toEqual([]);
  clock.advance(1);
  await settled();
  expect(calls).toHaveLength(1);
  void write(shared.enter(1), "b");
  clock.advance(500);
  await settled();
  expect(calls[1]?.rows).toEqual(["b"]);
});

test("where the org is away all wait as each would alone", async () => {
  const { calls, shared } = openSlowOrg();
  const [one, other] = [shared.enter(1), shared.enter(1)];
  const writings = [write(one, "a"), write(other, "b")];
  calls[0]?.fail(new Unavailable("Salesforce cannot be reached"));
  for (const writing of writings) await expect(writing).rejects.toThrow("cannot be reached");
  expect(calls).toHaveLength(1);
});

test("a call that fails for one of them is made again by each", async () => {
  const { calls, shared } = openSlowOrg();
  const [one, other] = [shared.enter(1), shared.enter(1)];
  const failing = expect(write(one, "a")).rejects.toThrow("a bug of its own");
  const writing = write(other, "b");
  calls[0]?.fail(new Error("a bug"));
  await settled();
  expect(calls.slice(1).map(({ rows }) => rows)).toEqual([["a"], ["b"]]);
  calls[1]?.fail(new Error("a bug of its own"));
  calls[2]?.answer();
  await failing;
  expect((await writing).outcomes).toEqual(new Map([["tasks b", undefined]]));
});

test("many rows that are all refused may have been too many: each batch writes its own again", async () => {
  const { calls, shared } = openSlowOrg();
  const [one, other] = [shared.enter(1), shared.enter(1)];
  const many = Array.from({ length: 30 }, (_, index) => `m${index}`);
  const writings = [write(one, ...many), write(other, "b")];
  calls[0]?.answer(many);
  await settled();
  expect(calls[1]?.rows).toEqual(many);
  calls[1]?.answer();
  for (const writing of writings) {
    const { outcomes } = await writing;
    expect([...outcomes.values()].every((outcome) => outcome === undefined)).toBe(true);
  }
});
