import { toCalendar, toSkews, type Blow } from "./calendar.ts";

const MINUTES = 60_000;
const options = { seed: 7, durationMs: 2 * MINUTES, replicas: 3, towns: 2, hasDatabase: true };

const lasts = (blow: Blow): number => ("lastMs" in blow ? blow.lastMs : 0);

test("the same seed gives the same calendar, another seed another one", () => {
  expect(toCalendar(options)).toEqual(toCalendar(options));
  expect(toCalendar({ ...options, seed: 8 })).not.toEqual(toCalendar(options));
});

test("two minutes have kills, a freeze and a fail-over", () => {
  for (let seed = 0; seed < 50; seed++) {
    const kinds = new Set(toCalendar({ ...options, seed }).map(({ what }) => what));
    for (const what of ["kill", "freeze", "database fails over", "org fails", "network fails"] as const)
      expect(kinds).toContain(what);
  }
});

test("it goes in the order of time, and all of it is over in time", () => {
  const calendar = toCalendar({ ...options, durationMs: 30 * MINUTES });
  const times = calendar.map(({ atMs }) => atMs);
  expect(times).toEqual(times.toSorted((one, other) => one - other));
  expect(calendar.filter((blow) => blow.atMs + lasts(blow) > 30 * MINUTES)).toEqual([]);
});

test("who is frozen stands still for longer than a lease", () => {
  const frozen = toCalendar({ ...options, durationMs: 30 * MINUTES }).filter(({ what }) => what === "freeze");
  expect(frozen.length).toBeGreaterThan(20);
  expect(frozen.filter((blow) => lasts(blow) < 20_000)).toEqual([]);
});

test("nobody is killed who stands still", () => {
  const calendar = toCalendar({ ...options, durationMs: 30 * MINUTES });
  const kills = calendar.filter((blow) => blow.what === "kill");
  const cut = calendar.filter(
    (freeze) =>
      freeze.what === "freeze" &&
      kills.some(
        ({ replica, atMs }) => replica === freeze.replica && atMs > freeze.atMs && atMs < freeze.atMs + freeze.lastMs,
      ),
  );
  expect(cut).toEqual([]);
});

test("without a database server none fails", () => {
  const calendar = toCalendar({ ...options, hasDatabase: false });
  expect(calendar.filter(({ what }) => /^(database|standby)/.test(what))).toEqual([]);
});

test("clocks go wrong by different times, no more than allowed", () => {
  const skews = toSkews(7, 3, 5000);
  expect(new Set(skews).size).toBe(3);
  expect(skews.filter((skew) => Math.abs(skew) > 5000)).toEqual([]);
});
