import { toCaseKey, toKey } from "./key.ts";

describe("keys", () => {
  test("name the network, the instance and the network's id", () => {
    expect(toKey("mastodon", "social.example", "109")).toBe("mastodon:social.example/109");
  });

  test("are cut at 255 characters and stay different", () => {
    const [one, two] = ["a", "b"].map((end) => toKey("x", "h", "1".repeat(300) + end));
    expect(one).toHaveLength(255);
    expect(two).toHaveLength(255);
    expect(one).not.toBe(two);
  });

  test("of a Case end in its number, however long conversation and persona are", () => {
    expect(toCaseKey("c", "p", 2)).toBe("c|p|2");
    const long = "k".repeat(250);
    expect(toCaseKey(long, long, 12)).toMatch(/^.{1,252}\|12$/);
    expect(toCaseKey(long, long, 12).length).toBeLessThanOrEqual(255);
    expect(toCaseKey(long, long, 12).slice(0, -3)).toBe(toCaseKey(long, long, 1).slice(0, -2));
    expect(toCaseKey(long, `${long}a`, 1)).not.toBe(toCaseKey(long, `${long}b`, 1));
  });
});
