import { liveApart } from "./kill/life-apart.ts";
import { liveHere } from "./kill/life-here.ts";
import type { Outcome } from "./kill/play.ts";
import { toComplaints, toTable } from "./kill/table.ts";
import { takeToll } from "./kill/toll.ts";

const SEED = 20_261;

/** The figures of both, for whoever reads the tests' output. */
function show(outcomes: readonly Outcome[]): void {
  process.stdout.write(`Seed ${SEED}\n${toTable(outcomes)}\n`);
}

test("killed at 300 points, before and after what it writes and asks, it loses nothing and doubles nothing", async () => {
  const outcomes = await takeToll({ seed: SEED, give: liveHere, acts: 18, most: 300, perTown: 50 });
  show(outcomes);
  expect(toComplaints(outcomes)).toEqual([]);
  expect(outcomes.reduce((sum, { kills }) => sum + kills, 0)).toBe(300);
}, 400_000);

test("nor does it when its process is killed by kill -9, at 25 points", async () => {
  const outcomes = await takeToll({ seed: SEED + 100, give: liveApart, acts: 18, most: 25, perTown: 25 });
  show(outcomes);
  expect(toComplaints(outcomes)).toEqual([]);
  expect(outcomes.reduce((sum, { kills }) => sum + kills, 0)).toBe(25);
}, 300_000);
