import type { Gap } from "../model/coverage.ts";
import { toBroken, toBrought, toFilled, toHeard, toLost, toResumed } from "./hearing.ts";
import type { Break, Hearing } from "./hearing.ts";

const at = (time: string): string => `2026-03-02T${time}:00.000Z`;
const nine: Hearing = { since: at("00:00"), heardUntil: at("09:00"), gaps: [] };
const failure: Break = { at: at("09:05"), cause: "unreachable", detail: "The network does not answer" };
const broken = toBroken(nine, failure);

function only({ gaps }: Hearing): Gap {
  expect(gaps).toHaveLength(1);
  return gaps[0] as Gap;
}

test("a gap begins where hearing stood, and grows until it works again", () => {
  expect(only(broken)).toEqual({
    from: at("09:00"),
    cause: "unreachable",
    detail: "The network does not answer",
    openedAt: at("09:05"),
    brought: 0,
  });
  expect(only(toResumed(broken, at("10:00"))).to).toBe(at("10:00"));
});

test("nothing was missed before hearing began", () => {
  expect(toBroken({ gaps: [] }, failure)).toEqual({ gaps: [] });
});

test("it closes when all up to its end was heard, and not before", () => {
  const resumed = toResumed(broken, at("10:00"));
  const early = toHeard(toBrought(resumed, 2), at("09:59"), at("10:01"));
  expect(only(early).closedAt).toBeUndefined();
  const late = toHeard(toBrought(early, 3), at("10:00"), at("10:02"));
  expect(only(late)).toMatchObject({ closedAt: at("10:02"), brought: 5 });
  expect(only(toBrought(late, 7)).brought).toBe(5);
});

test("what was heard meanwhile does not close it while it grows", () => {
  expect(only(toHeard(broken, at("11:00"), at("11:00"))).closedAt).toBeUndefined();
});

test("a new failure goes on with the gap that is open, from its beginning, and tells the latest cause", () => {
  const resumed = toHeard(toResumed(broken, at("10:00")), at("09:30"), at("10:01"));
  const again = toBroken(resumed, { at: at("10:02"), cause: "token refused", detail: "The token is refused" });
  const gap = only(again);
  expect(gap).toMatchObject({ from: at("09:00"), openedAt: at("09:05"), cause: "token refused" });
  expect(gap.detail).toBe("The token is refused (Before that: unreachable.)");
  expect(gap.to).toBeUndefined();
  expect(again.heardUntil).toBe(at("09:30"));
});

test("until when was heard never goes back", () => {
  expect(toHeard(nine, at("08:00"), at("09:01")).heardUntil).toBe(at("09:00"));
});

describe("what the network no longer gives", () => {
  const lost = toLost(nine, { from: at("03:00"), to: at("04:00"), detail: "The list ends at four" }, at("09:00"));

  test("is open whatever is heard later, and one gap however often it is told", () => {
    const later = toHeard(toResumed(lost, at("09:00")), at("23:00"), at("23:00"));
    const again = toLost(later, { from: at("03:00"), to: at("04:00"), detail: "Still" }, at("23:01"));
    expect(only(again)).toMatchObject({ cause: "not given", to: at("04:00"), brought: 0 });
    expect(only(again).closedAt).toBeUndefined();
  });

  test("closes when it was brought in another way; of what was brought in part the rest stays open", () => {
    const part = toFilled(lost, { from: at("00:00"), to: at("03:30") }, at("12:00"));
    expect(only(part)).toMatchObject({ from: at("03:30"), to: at("04:00") });
    expect(only(toFilled(lost, { from: at("03:10"), to: at("05:00") }, at("12:00"))).closedAt).toBeUndefined();
    expect(only(toFilled(part, { from: at("03:00"), to: at("04:00") }, at("12:00"))).closedAt).toBe(at("12:00"));
  });
});

test("of closed gaps the latest hundred are kept, of open ones all: too many that are lost grow together", () => {
  const minute = (n: number): string => new Date(Date.parse(at("00:00")) + n * 60_000).toISOString();
  let hearing = nine;
  for (let n = 0; n < 130; n++) {
    const failed = toBroken({ ...hearing, heardUntil: minute(2 * n) }, { ...failure, at: minute(2 * n) });
    hearing = toHeard(toResumed(failed, minute(2 * n + 1)), minute(2 * n + 1), minute(2 * n + 1));
  }
  expect(hearing.gaps).toHaveLength(100);
  expect(hearing.gaps[0]?.from).toBe(minute(60));

  for (let n = 0; n < 130; n++)
    hearing = toLost(
      hearing,
      { from: minute(10 * n), to: minute(10 * n + (n === 70 ? 9 : 5)), detail: "" },
      at("12:00"),
    );
  const open = hearing.gaps.filter(({ closedAt }) => closedAt === undefined);
  expect(open).toHaveLength(100);
  for (let n = 0; n < 130; n++) {
    const covering = open.some(({ from, to = "" }) => from <= minute(10 * n) && minute(10 * n + 5) <= to);
    expect(covering).toBe(true);
  }
});
