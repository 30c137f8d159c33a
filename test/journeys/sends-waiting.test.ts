import type { Reply } from "../../connector/model/reply.ts";
import { judge } from "./sends/judge.ts";
import { openScene, type Scene } from "./sends/scene.ts";

const HOUR_MS = 3_600_000;
const WITH_KEYS = { idempotency: true, readDelayMs: 0 };
const WITHOUT_KEYS = { idempotency: false, readDelayMs: 60_000 };
/** The third step of a reply's way is its publishing. */
const PUBLISH = 3;

async function statuses({ office }: Scene): Promise<readonly unknown[]> {
  return [...(await office.answers()).values()].map((row) => row["Status__c"]);
}

/** Lets time pass, in short steps. */
async function pass({ clock, sender }: Scene, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 5000) {
    clock.advance(5000);
    await sender.untilQuiet();
  }
}

/** Each of them once. */
async function untilSent(scene: Scene, replies: readonly Reply[]): Promise<void> {
  await scene.sender.untilDone();
  await scene.record();
  scene.clock.advance(HOUR_MS);
  const sends = replies.map((reply) => ({ reply, name: reply.key, struck: 0, planned: 0, steps: [] }));
  expect(await judge(scene, sends)).toEqual({ statuses: { Sent: replies.length }, wrongs: [] });
}

test("an answer that the network may not show yet waits alone: the next ones go out", async () => {
  await using scene = await openScene(WITHOUT_KEYS);
  const replies = await scene.office.answer(3);
  await scene.sender.untilQuiet();
  scene.path.begin([{ after: PUBLISH, act: "late" }]);
  for (const reply of replies) await scene.sender.hand(reply);
  await scene.sender.untilQuiet();
  await pass(scene, 10_000);
  expect(await statuses(scene)).toEqual(["Sending", "Sent", "Sent"]);
  await untilSent(scene, replies);
});

test.each([
  ["knows repeated keys", WITH_KEYS],
  ["knows none", WITHOUT_KEYS],
])("a token that dies holds answers back, none is lost: a network that %s", async (_which, habits) => {
  await using scene = await openScene(habits);
  const replies = await scene.office.answer(3);
  await scene.sender.untilQuiet();
  await scene.company.token("revoke");
  scene.path.begin([]);
  for (const reply of replies) await scene.sender.hand(reply);
  await scene.sender.untilQuiet();
  await pass(scene, HOUR_MS);
  expect(await statuses(scene)).toEqual(["Sending", "Queued", "Queued"]);
  await scene.company.token("restore");
  expect((await scene.company.said()).size).toBe(0);
  await untilSent(scene, replies);
});

test("an answer that hung when the journal was lost is left to a person, and not sent a second time", async () => {
  await using scene = await openScene(WITH_KEYS);
  const [reply] = await scene.office.answer(1);
  if (reply === undefined) throw new Error("No answer waits");
  await scene.sender.untilQuiet();
  scene.path.begin([{ after: PUBLISH, act: "401" }]);
  await scene.sender.hand(reply);
  await scene.sender.untilQuiet();
  await scene.sender[Symbol.asyncDispose]();
  expect(await scene.office.hear()).toEqual([]);
  scene.clock.advance(2 * HOUR_MS);
  const [left, ...others] = await scene.office.hear();
  expect(others).toEqual([]);
  expect(left).toMatchObject({ row: reply.row, attempt: 1, order: "left" });
  const anew = await scene.openAnew();
  if (left !== undefined) await anew.hand(left);
  await anew.untilDone();
  expect(await statuses(scene)).toEqual(["Checking"]);
  expect((await scene.company.said()).size).toBe(0);
  expect(await scene.office.hear()).toEqual([]);
});
