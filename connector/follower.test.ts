import { manualClock } from "../test/fakes/manual-clock.ts";
import { toTestPost } from "../test/fakes/posts.ts";
import { openScratchJournal, type ScratchJournal } from "../test/fakes/scratch-journal.ts";
import type { Written } from "./crm/crm.ts";
import { openFollower } from "./follower.ts";
import type { FollowedChange, LabelChange } from "./model/change.ts";
import { PARTITIONS, toPostPartition } from "./model/partition.ts";
import { toPostEvent } from "./model/post.ts";
import { markGone } from "./tombstones.ts";

const never = new AbortController().signal;
const post = toTestPost("1", "anna");
const event = toPostEvent(post);
const done = { at: "2026-03-01T10:00:00.000Z", by: "005" };
const asked: LabelChange = {
  type: "labels",
  key: "h1/labels",
  ...done,
  post: post.key,
  version: 0,
  caseId: undefined,
  needsResponse: true,
};
const merged: FollowedChange = { type: "merged", key: "m", ...done, object: "Contact", from: "a", into: "b" };

let scratch: ScratchJournal;
const clock = manualClock();
beforeEach(async () => {
  scratch = await openScratchJournal(clock);
});
afterEach(() => scratch[Symbol.asyncDispose]());

/** Follows the changes; `answers`: what the CRM says, round by round, to all that it is asked. */
function follower(...answers: Written[]) {
  const rounds: (readonly FollowedChange[])[] = [];
  const fates: string[] = [];
  const handle = openFollower({
    journal: scratch.journal,
    clock,
    crm: {
      follow(changes) {
        const answer = answers[Math.min(rounds.length, answers.length - 1)];
        rounds.push(changes);
        return Promise.resolve(changes.map(() => answer));
      },
    },
    onFollowed: ({ key }, outcome) => fates.push(`${key} ${outcome}`),
  });
  const run = (...changes: readonly FollowedChange[]) =>
    handle(
      changes.map((change, seq) => ({
        key: change.key,
        value: JSON.stringify(change),
        seq,
        partition: 0,
        appendedAt: done.at,
      })),
      never,
    );
  return { run, rounds, fates };
}

async function hear(): Promise<void> {
  const entry = { key: event.key, partition: toPostPartition(event, false, PARTITIONS), value: JSON.stringify(event) };
  await scratch.journal.append("posts", [entry]);
}

test("what the CRM follows is done, what it refuses is parked with its reason", async () => {
  const refusal = { reason: "no", detail: "No." };
  const { run, fates } = follower(refusal);
  expect(await run(merged)).toEqual([refusal]);
  expect(fates).toEqual(["m rejected"]);
  expect(await follower(undefined).run(merged)).toEqual([undefined]);
});

test("what is locked is looked at again, a few times", async () => {
  const { run, rounds } = follower("again", "again", undefined);
  const followed = run(merged);
  for (let round = 1; round < 3; round++) {
    await clock.untilSleeping();
    clock.advance(10_000);
  }
  expect(await followed).toEqual([undefined]);
  expect(rounds).toHaveLength(3);

  const stuck = follower("again").run(merged);
  for (let round = 1; round < 5; round++) {
    await clock.untilSleeping();
    clock.advance(10_000);
  }
  expect(await stuck).toMatchObject([{ reason: "locked" }]);
});

test("a post for which a person asks for a response is recorded once more, however often that is told", async () => {
  await hear();
  const { run } = follower(undefined);
  expect(await run(asked)).toEqual([undefined]);
  expect(await run(asked)).toEqual([undefined]);
  const again = await scratch.journal.find("posts", `${event.key}/asked/${asked.key}`);
  expect(again).toMatchObject({ partition: toPostPartition(event, true, PARTITIONS), value: JSON.stringify(event) });
});

test("what was asked to be recorded once more is erased with its post", async () => {
  await hear();
  await follower(undefined).run(asked);
  await scratch.journal.erase(post.key);
  expect(await scratch.journal.find("posts", `${event.key}/asked/${asked.key}`)).toMatchObject({ value: "" });
});

test("a post that the journal keeps no longer is told of, one that stands on a Case or was deleted is not", async () => {
  const { run } = follower(undefined);
  expect(await run(asked)).toMatchObject([{ reason: "forgotten", detail: expect.stringMatching(/by hand/) as string }]);
  expect(await run({ ...asked, caseId: "500" })).toEqual([undefined]);
  await markGone(scratch.journal, post.key, done.at);
  expect(await run(asked)).toEqual([undefined]);
});

test("corrections are kept by value; no post is recorded again for them", async () => {
  await hear();
  const change: LabelChange = { ...asked, needsResponse: false, sentiment: "positive", topics: ["seats"] };
  await follower(undefined).run(change);
  const kept = await scratch.journal.find("decisions", `${post.key}/corrected/${change.key}`);
  expect(JSON.parse(kept?.value ?? "{}")).toEqual({
    outcome: "corrected",
    post: post.key,
    ...done,
    sentiment: "positive",
    topics: ["seats"],
    needsResponse: false,
  });
  expect(await scratch.journal.find("posts", `${event.key}/asked/${change.key}`)).toBeUndefined();
});

test("an entry that is no change is a bug", async () => {
  await expect(follower(undefined).run({ type: "nonsense" } as unknown as FollowedChange)).rejects.toThrow();
});
