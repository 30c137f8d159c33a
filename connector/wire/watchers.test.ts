import { manualClock } from "../../test/fakes/manual-clock.ts";
import { openBoard } from "../http/board.ts";
import { openTelemetry } from "../telemetry.ts";
import { toWatchers } from "./watchers.ts";

const telemetry = openTelemetry({ level: "silent" });

test("what has ended, as where another connector has taken it over, waits for nothing and counts nothing", async () => {
  const board = openBoard(manualClock());
  const lag = async (): Promise<unknown> => (await telemetry.metrics.lagEntries.get()).values;
  {
    using watchers = toWatchers({ telemetry, board }, { log: "replies", consumer: "sender 3", part: "sender 3" });
    watchers.onStats({ lag: 7, parked: 0 });
    board.set("sender 3", "waiting", "Salesforce cannot be reached");
    expect(board.isReady()).toBe(false);
    expect(await lag()).toMatchObject([{ labels: { log: "replies" }, value: 7 }]);
  }
  expect(board.isReady()).toBe(true);
  expect(await lag()).toMatchObject([{ labels: { log: "replies" }, value: 0 }]);
});
