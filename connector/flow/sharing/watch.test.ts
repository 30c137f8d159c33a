import { openWatch } from "./watch.ts";

const at = (beganMs: number, endedMs = beganMs) => ({ beganMs, endedMs });
const docs = (revision: number) => [{ id: "a", host: "test", pid: 1, since: "", revision }];

test("what stood still between looks counts, until it moves", () => {
  const watch = openWatch(6000);
  for (const ms of [0, 3000, 6000]) watch.note(docs(1), at(ms));
  expect(watch.stoodStillMs("a")).toBe(6000);
  watch.note(docs(2), at(9000));
  expect(watch.stoodStillMs("a")).toBe(0);
});

test("what a look itself takes does not count: it may have been written then", () => {
  const watch = openWatch(6000);
  watch.note(docs(1), at(0, 4000));
  watch.note(docs(1), at(5000, 9000));
  expect(watch.stoodStillMs("a")).toBe(1000);
});

test("time in which the watcher could not look does not count", () => {
  const watch = openWatch(6000);
  watch.note(docs(1), at(0));
  watch.note(docs(1), at(3000));
  watch.interrupted();
  watch.note(docs(1), at(14_000));
  watch.note(docs(1), at(15_000));
  expect(watch.stoodStillMs("a")).toBe(4000);
});

test("a watcher that was frozen itself calls nobody dead for it", () => {
  const watch = openWatch(6000);
  watch.note(docs(1), at(0));
  watch.note(docs(1), at(600_000));
  expect(watch.stoodStillMs("a")).toBe(6000);
});
