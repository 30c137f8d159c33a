import { liveApart } from "./life-apart.ts";
import { toComplaints, toTable } from "./table.ts";
import { takeToll } from "./toll.ts";

const SEED = 20_361;

test("killed by kill -9 at 25 points, a connector in a process of its own loses nothing and doubles nothing", async () => {
  const outcomes = await takeToll({ seed: SEED, give: liveApart, acts: 18, most: 25, perTown: 25 });
  process.stdout.write(`Seed ${SEED}\n${toTable(outcomes)}\n`);
  expect(toComplaints(outcomes)).toEqual([]);
  expect(outcomes.reduce((sum, { kills }) => sum + kills, 0)).toBe(25);
}, 300_000);
