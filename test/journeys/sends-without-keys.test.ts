import { sendAll } from "./sends/campaign.ts";
import { judge } from "./sends/judge.ts";
import { openScene } from "./sends/scene.ts";

const SENDS = 500;
const MOST_CHECKING = SENDS / 100;
const LIMIT_MS = 240_000;

test(
  "500 answers, each with a crash or a lost answer on its way, reach a network that knows no keys and shows them late once each",
  async () => {
    await using scene = await openScene({ idempotency: false, readDelayMs: 60_000 });
    const sends = await sendAll(scene, await scene.office.answer(SENDS));
    await scene.record();
    const { statuses, wrongs } = await judge(scene, sends);
    expect(wrongs).toEqual([]);
    const { Sent: sent = 0, Checking: checking = 0 } = statuses;
    expect(sent + checking).toBe(SENDS);
    expect(checking).toBeLessThanOrEqual(MOST_CHECKING);
  },
  LIMIT_MS,
);
