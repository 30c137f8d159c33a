import { toMicros, toReplyTid, toTidOf } from "./tid.ts";

const parent = "3l3qo2vuowo2b";
const SECOND = 1_100_000;

test("a TID tells when it was made", () => {
  expect(new Date((toMicros(parent) ?? 0) / 1000).toISOString()).toBe("2024-09-09T19:46:02.246Z");
  expect(toMicros("not-a-tid")).toBeUndefined();
  expect(toMicros("zzzzzzzzzzzzz")).toBeUndefined();
});

test("a reply's name is the same for ever, another one for another key, and made just after the answered post", () => {
  const names = Array.from({ length: 1000 }, (_, n) => toReplyTid(`a0${n}/1`, parent));
  expect(toReplyTid("a07/1", parent)).toBe(names[7]);
  expect(new Set(names).size).toBe(1000);
  for (const name of names) {
    const after = (toMicros(name ?? "") ?? 0) - (toMicros(parent) ?? 0);
    expect(after).toBeGreaterThan(0);
    expect(after).toBeLessThan(SECOND);
  }
});

test("under a post without such a name there is no place for a reply", () => {
  expect(toReplyTid("a01/1", "self")).toBeUndefined();
});

test.each(["jzzzzzzzzzzzz", "jzzzzzzzzzzz2", "jzzzzyzzzzzzz"])("under %s, the last of all times, too", (last) => {
  const names = Array.from({ length: 1000 }, (_, n) => toReplyTid(`a0${n}/1`, last));
  expect(toReplyTid("a07/1", last)).toBe(names[7]);
  expect(new Set(names).size).toBe(1000);
  for (const name of names) expect(toMicros(name ?? "")).toBeDefined();
});

test("what was made from an instant on sorts after it", () => {
  const at = Date.parse("2024-09-09T19:46:02.246Z");
  expect(toTidOf(at) <= parent).toBe(true);
  expect(toTidOf(at + 1) > parent).toBe(true);
});
