import { manualClock } from "../../../../test/fakes/manual-clock.ts";
import type { HeardPost } from "../../heard.ts";
import { openTold } from "./told.ts";

const toPost = (name: string, rkey: string, at: string): HeardPost => ({ key: `bluesky:did:plc:${name}/${rkey}`, at });
const held = [
  toPost("anna", "1", "2026-02-01T09:00:00.000Z"),
  toPost("ben", "1", "2026-02-20T09:00:00.000Z"),
  toPost("anna", "2", "2026-02-21T09:00:00.000Z"),
];

/** A journal that tells from when on it was asked to be read. */
function openScene() {
  const asked: (string | undefined)[] = [];
  const heard = {
    knows: () => Promise.resolve(false),
    async *held(from?: string) {
      asked.push(from);
      yield await Promise.resolve(held.filter(({ at }) => at >= (from ?? "")));
    },
  };
  return { told: openTold(heard, manualClock("2026-03-02T09:00:00.000Z")), asked };
}

test("of whom nothing is held the journal is read once for all", async () => {
  const { told, asked } = openScene();
  for (const did of ["did:plc:carl", "did:plc:dora", "did:plc:carl"]) expect(await told.by(did)).toEqual([]);
  expect(asked).toEqual([undefined]);
});

test("of an author no more is read than came since the first of theirs", async () => {
  const { told, asked } = openScene();
  told.note("bluesky:did:plc:anna/3");
  expect(await told.by("did:plc:ben")).toEqual(["bluesky:did:plc:ben/1"]);
  expect(await told.by("did:plc:anna")).toEqual(["bluesky:did:plc:anna/1", "bluesky:did:plc:anna/2"]);
  expect(asked).toEqual([undefined, "2026-02-20T09:00:00.000Z", "2026-02-01T09:00:00.000Z"]);
});

test("what was told since the start is found, though the journal may not have it yet", async () => {
  const { told } = openScene();
  told.add("bluesky:did:plc:carl/1");
  expect(await told.by("did:plc:carl")).toEqual(["bluesky:did:plc:carl/1"]);
});
