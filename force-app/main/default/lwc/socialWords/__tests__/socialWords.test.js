import { fill } from "c/socialWords";

describe("fill", () => {
  test.each([
    ["Answer {0}", ["@anna"], "Answer @anna"],
    ["{1} before {0}", ["a", "b"], "b before a"],
    ["{0} new posts", [0], "0 new posts"],
    ["{0} and {0}", ["$& {1}", "no"], "$& {1} and $& {1}"],
    ["{0} {1}", ["one"], "one {1}"],
  ])("%s with %j", (label, values, expected) => {
    expect(fill(label, ...values)).toBe(expected);
  });
});
