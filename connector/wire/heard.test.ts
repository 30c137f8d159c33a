import { manualClock } from "../../test/fakes/manual-clock.ts";
import { toTestPost } from "../../test/fakes/posts.ts";
import { openScratchJournal } from "../../test/fakes/scratch-journal.ts";
import { toDeletedEvent, toPostEvent } from "../model/post.ts";
import { toHeard } from "./heard.ts";

test("what the journal holds is known by its key, whatever its version, deletions are not", async () => {
  const clock = manualClock();
  await using scratch = await openScratchJournal(clock);
  const events = [
    toPostEvent(toTestPost("1", "anna")),
    toPostEvent(toTestPost("1", "anna", { version: 1700 })),
    toDeletedEvent("test:social.example/9", clock.now()),
  ];
  await scratch.journal.append(
    "posts",
    events.map((event) => ({ key: event.key, partition: 0, value: JSON.stringify(event) })),
  );
  const heard = toHeard(scratch.journal);
  expect(await heard.knows("test:social.example/1")).toBe(true);
  expect(await heard.knows("test:social.example/2")).toBe(false);
  const held = (await Array.fromAsync(heard.held())).flat();
  expect(new Set(held.map(({ key }) => key))).toEqual(new Set(["test:social.example/1"]));
  expect(new Set(held.map(({ at }) => at))).toEqual(new Set([clock.now()]));
});
