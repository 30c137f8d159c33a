import { sendAll } from "./sends/campaign.ts";
import { judge } from "./sends/judge.ts";
import { openScene } from "./sends/scene.ts";

const SENDS = 500;
const LIMIT_MS = 240_000;

test(
  "500 answers, each with a crash or a lost answer on its way, reach a network that knows repeated keys once each",
  async () => {
    await using scene = await openScene({ idempotency: true, readDelayMs: 0 });
    const sends = await sendAll(scene, await scene.office.answer(SENDS));
    await scene.record();
    const { statuses, wrongs } = await judge(scene, sends);
    expect(wrongs).toEqual([]);
    expect(statuses).toEqual({ Sent: SENDS });
  },
  LIMIT_MS,
);
