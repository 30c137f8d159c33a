import { mkdtempDisposable } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEventOrg, replies } from "../testing/open-event-org.ts";

test("events and places among them survive a restart, and what is written later comes after them", async () => {
  await using dir = await mkdtempDisposable(join(tmpdir(), "earshot-org-"));
  const first = await openEventOrg({ dir: dir.path });
  await first.reply();
  await first.reply();
  const before = first.subscriber("connector");
  const { events } = await before.listen({ topic_name: replies, replay_preset: "EARLIEST", num_requested: 10 }).next();
  await before[Symbol.asyncDispose]();
  await first[Symbol.asyncDispose]();

  await using second = await openEventOrg({ dir: dir.path });
  const id = await second.reply();
  await using after = second.subscriber("connector");
  const replay_id = events[0]?.replay_id ?? Buffer.alloc(0);
  const stream = after.listen({ topic_name: replies, replay_preset: "CUSTOM", replay_id, num_requested: 10 });
  const later = (await stream.next()).events;
  expect(later).toHaveLength(2);
  expect(later[0]?.replay_id).toEqual(events[1]?.replay_id);
  const [, newest] = await Promise.all(later.map((event) => after.read(event)));
  expect(newest?.ChangeEventHeader).toMatchObject({ recordIds: [id] });
});
