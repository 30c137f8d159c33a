import { countCleanRun, play, type Outcome } from "./play.ts";
import type { Give } from "./life.ts";
import { toPoints, type KillPoint } from "./point.ts";

export interface Toll {
  readonly seed: number;
  readonly give: Give;
  /** Of a clean run with so many acts every write and request is a point, before and after it. */
  readonly acts: number;
  /** Not more points than this, spread over all of them. */
  readonly most?: number;
  /** One world lives through so many. */
  readonly perTown: number;
  readonly onKilled?: (done: number, of: number) => void;
}

/** Kills connectors at every point of a clean run, in one town after the other. */
export async function takeToll({ seed, give, acts, most, perTown, onKilled }: Toll): Promise<readonly Outcome[]> {
  const points = toPoints(await countCleanRun(seed, give, acts), most);
  const outcomes: Outcome[] = [];
  for (const [index, dealt] of deal(points, Math.ceil(points.length / perTown)).entries()) {
    const before = outcomes.reduce((sum, { kills }) => sum + kills, 0);
    const tell = (done: number): void => onKilled?.(before + done, points.length);
    outcomes.push(await play({ seed: seed + index, points: dealt, give, onKilled: tell }));
  }
  return outcomes;
}

/** Into so many hands in turn: each gets some of every kind. */
function deal(points: readonly KillPoint[], hands: number): readonly (readonly KillPoint[])[] {
  return Array.from({ length: hands }, (_, hand) => points.filter((_, index) => index % hands === hand));
}
