import { toPostedAt } from "./to-posted-at.ts";

const now = "2026-03-02T09:00:00.000Z";
const shown = "2026-03-02T08:30:00.000Z";
/** Says 2026-01-21, 15:23:16. */
const JANUARY = "3mcx7zsscl22b";
const MADE = /^2026-01-21T/;

test.each([
  ["a moment before it was shown", "2026-03-02T08:29:58.000Z", "2026-03-02T08:29:58.000Z"],
  ["in another zone", "2026-03-02T10:28:00+02:00", "2026-03-02T08:28:00.000Z"],
  ["hours before it was shown", "2026-03-02T04:00:00Z", shown],
  ["years before it was shown", "2019-05-01T12:00:00Z", shown],
  ["after it was shown", "2026-03-02T08:31:00Z", shown],
  ["in the far future", "2999-01-01T00:00:00Z", shown],
  ["nonsense", "yesterday", shown],
  ["not at all", undefined, shown],
])("where the network told when it showed it, a time that is stated %s", (_, stated, postedAt) => {
  expect(toPostedAt({ rkey: JANUARY, stated, shownAt: shown }, now)).toBe(postedAt);
});

test("what the network is to show later than now by its clock is from now", () => {
  expect(toPostedAt({ rkey: JANUARY, stated: undefined, shownAt: "2026-03-02T09:00:05.123456Z" }, now)).toBe(now);
});

test.each([
  ["long before its record was named", "2019-05-01T12:00:00Z", MADE],
  ["in the future", "2999-01-01T00:00:00Z", MADE],
  ["not at all", undefined, MADE],
  ["at a time that no calendar of the CRM has", "9999-12-31T23:59:59-23:59", MADE],
  ["before there was time", "0000-01-01T00:00:00+23:59", MADE],
  ["before there were networks", "0001-01-01T00:00:00Z", MADE],
  ["after its record was named, as answers of ours are", "2026-03-01T09:00:00.000Z", /^2026-03-01T09:00:00.000Z$/],
])("where it did not tell, a time that is stated %s", (_, stated, postedAt) => {
  expect(toPostedAt({ rkey: JANUARY, stated }, now)).toMatch(postedAt);
});

test.each(["0001-01-01T00:00:00Z", "0000-01-01T00:00:00+23:59", "-000001-12-31T00:01:00Z", "1970-01-01T00:00:00Z"])(
  "where the network is to have shown it %s, it did not tell",
  (shownAt) => {
    expect(toPostedAt({ rkey: JANUARY, stated: undefined, shownAt }, now)).toMatch(MADE);
    expect(toPostedAt({ rkey: JANUARY, stated: shownAt, shownAt }, now)).toMatch(MADE);
    expect(toPostedAt({ rkey: "self", stated: undefined, shownAt }, now)).toBe(now);
  },
);

test.each([
  ["its author's word", "2026-03-01T09:00:00.000Z", "2026-03-01T09:00:00.000Z"],
  ["now", undefined, now],
])("a name that tells a time before there were networks yields to %s", (_, stated, postedAt) => {
  expect(toPostedAt({ rkey: "2222222222222", stated }, now)).toBe(postedAt);
});

test("a record without a name that tells a time is from when its author says, or from now", () => {
  expect(toPostedAt({ rkey: "self", stated: "2020-01-01T00:00:00Z" }, now)).toBe("2020-01-01T00:00:00.000Z");
  expect(toPostedAt({ rkey: "self", stated: undefined }, now)).toBe(now);
});
