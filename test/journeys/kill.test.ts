import { liveHere } from "./kill/life-here.ts";
import { toComplaints, toTable } from "./kill/table.ts";
import { takeToll } from "./kill/toll.ts";

const SEED = 20_261;

test("killed at 300 points, before and after what it writes and asks, it loses nothing and doubles nothing", async () => {
  const outcomes = await takeToll({ seed: SEED, give: liveHere, acts: 18, most: 300, perTown: 50 });
  process.stdout.write(`Seed ${SEED}\n${toTable(outcomes)}\n`);
  expect(toComplaints(outcomes)).toEqual([]);
  expect(outcomes.reduce((sum, { kills }) => sum + kills, 0)).toBe(300);
}, 400_000);
