import { Writable } from "node:stream";
import { manualClock } from "../../test/fakes/manual-clock.ts";
import { openScratchJournal } from "../../test/fakes/scratch-journal.ts";
import type { Config } from "../config.ts";
import { openBoard } from "../http/board.ts";
import { openTelemetry } from "../telemetry.ts";
import { toEventsListener } from "./events.ts";
import type { Parts } from "./parts.ts";
import { toOrgOptions } from "./to-org-options.ts";

const refused = { state: "refused", detail: "The org does not let us hear them", remedy: "Select it." } as const;

async function open() {
  const clock = manualClock();
  const scratch = await openScratchJournal(clock);
  const lines: string[] = [];
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  const telemetry = openTelemetry({ level: "info", destination });
  const board = openBoard(clock);
  const config = { salesforce: { sweepSeconds: 15 } } as Config;
  const listener = toEventsListener({ board, config, journal: scratch.journal, telemetry } as unknown as Parts);
  return { scratch, board, listener, telemetry, lines, [Symbol.asyncDispose]: () => scratch[Symbol.asyncDispose]() };
}

test("without events the connector is as ready as with them; why not is shown, and warned of once", async () => {
  await using opened = await open();
  const { board, listener, telemetry, lines } = opened;
  listener.onState(refused);
  listener.onState(refused);
  expect(board.isReady()).toBe(true);
  expect(board.parts()["crm events"]?.detail).toBe(
    "not connected: The org does not let us hear them; answers are found by looking every 15 s. Select it.",
  );
  expect(lines.filter((line) => line.includes('"warn"'))).toHaveLength(1);
  listener.onState({ state: "connected", detail: "", remedy: "" });
  expect(board.parts()["crm events"]?.detail).toBe("connected");
  expect(await telemetry.metrics.registry.metrics()).toContain("earshot_crm_events_connected 1");
});

test("the place in the stream survives the process, until it is forgotten", async () => {
  await using opened = await open();
  const { scratch, listener } = opened;
  expect(await listener.kept()).toBeUndefined();
  await listener.keep("one");
  await listener.keep("two");
  expect((await (await scratch.reopen()).get("crm/events"))?.value).toBe("two");
});

test("a place is forgotten, also where none was kept", async () => {
  await using opened = await open();
  const { listener } = opened;
  await listener.keep(undefined);
  await listener.keep("one");
  await listener.keep(undefined);
  expect(await listener.kept()).toBeUndefined();
});

describe("where events come from", () => {
  const optionsOf = (salesforce: object) =>
    toOrgOptions({ salesforce: { sweepSeconds: 60, ...salesforce }, clientId: "id" } as unknown as Config).events;

  test.each([
    ["https://org.my.salesforce.com", { insecure: false }, "api.pubsub.salesforce.com:7443"],
    ["https://org.my.salesforce.com", { insecure: false, endpoint: "off" }, undefined],
    ["http://localhost:8790", { insecure: false }, undefined],
    ["http://localhost:8790", { insecure: true, endpoint: "localhost:7443" }, "localhost:7443"],
  ])("for %s with %j: %s", (loginUrl, events, endpoint) => {
    expect(optionsOf({ loginUrl, events })?.endpoint).toBe(endpoint);
  });
});
