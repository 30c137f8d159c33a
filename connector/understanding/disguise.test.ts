import { undisguise } from "./disguise.ts";

const KNOWN = new Set(["pwned", "warez", "hacker", "sux", "rox", "shit", "so", "cool", "late", "fail"]);
const isKnown = (word: string): boolean => KNOWN.has(word);

describe("the word behind a disguise", () => {
  test.each([
    ["pwn3d", "pwned"],
    ["w@r3z", "warez"],
    ["hax0r", "hacker"],
    ["suxx0rs", "sux"],
    ["r0xx0rs", "rox"],
    ["$hit", "shit"],
    ["sh*t", "shit"],
    ["fa1l", "fail"],
    ["sooooo", "so"],
    ["coooool", "cool"],
    ["l4te", "late"],
  ])("%s: %s", (word, plain) => expect(undisguise(word, isKnown)).toBe(plain));

  test.each(["b737", "2024", "vx358", "seat12a", "@", "a".repeat(400)])("%s stays as it is", (word) => {
    expect(undisguise(word, isKnown)).toBe(word);
  });

  test("has a bounded number of readings", () => {
    let asked = 0;
    undisguise("1|1|1|1|1|1|1|1|1|1|x", () => {
      asked += 1;
      return false;
    });
    expect(asked).toBeLessThan(500);
  });
});
