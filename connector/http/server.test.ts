import { jest } from "@jest/globals";
import { manualClock } from "../../test/fakes/manual-clock.ts";
import { Misconfigured } from "../errors.ts";
import type { AccountCoverage, Gap } from "../model/coverage.ts";
import { openTelemetry } from "../telemetry.ts";
import { openBoard, type Board } from "./board.ts";
import { openHttpServer, type HttpServer } from "./server.ts";

const { metrics } = openTelemetry({ level: "silent" });
const clock = manualClock();
const coverage = (): readonly AccountCoverage[] => [
  {
    account: "test:social.example/1",
    handle: "nordwind@social.example",
    feeds: [{ feed: "own", since: "2026-03-01T00:00:00.000Z", heardUntil: undefined, gaps: [closed, open] }],
  },
];
const closed: Gap = {
  from: "2026-03-01T01:00:00.000Z",
  to: "2026-03-01T02:00:00.000Z",
  cause: "unreachable",
  detail: "The network does not answer",
  openedAt: "2026-03-01T01:01:00.000Z",
  closedAt: "2026-03-01T02:01:00.000Z",
  brought: 3,
};
const open: Gap = {
  from: "2026-03-02T01:00:00.000Z",
  cause: "token refused",
  detail: "The token is refused",
  openedAt: "2026-03-02T01:01:00.000Z",
  brought: 0,
};
let board: Board;
let server: HttpServer;

beforeEach(async () => {
  board = openBoard(clock);
  server = await openHttpServer({ host: "127.0.0.1", port: 0, board, metrics, coverage });
});
afterEach(() => server[Symbol.asyncDispose]());

async function get(path: string): Promise<{ status: number; body: string; type: string | null }> {
  const response = await fetch(server.url + path);
  return { status: response.status, body: await response.text(), type: response.headers.get("content-type") };
}

test("/ready says what it waits for, /health answers all the while", async () => {
  board.set("crm", "up");
  board.set("mastodon", "waiting", "The network does not answer");
  expect(await get("/health")).toMatchObject({ status: 200 });
  const { status, body } = await get("/ready");
  expect(status).toBe(503);
  expect(JSON.parse(body)).toMatchObject({
    parts: { crm: { state: "up" }, mastodon: { state: "waiting", detail: "The network does not answer" } },
  });
  board.set("mastodon", "up");
  expect(await get("/ready")).toMatchObject({ status: 200 });
});

test("a part's line says since when it is so", () => {
  const since = clock.now();
  board.set("crm", "waiting", "busy");
  clock.advance(5000);
  board.set("crm", "waiting", "still busy");
  expect(board.parts()["crm"]).toEqual({ state: "waiting", detail: "still busy", since });
  board.set("crm", "up");
  expect(board.parts()["crm"]).toEqual({ state: "up", detail: "", since: clock.now() });
});

test("/coverage tells of each gap whether it is open, the latest first", async () => {
  const { status, body } = await get("/coverage");
  expect(status).toBe(200);
  expect(JSON.parse(body)).toEqual({
    accounts: [
      {
        account: "test:social.example/1",
        handle: "nordwind@social.example",
        feeds: [
          {
            feed: "own",
            since: "2026-03-01T00:00:00.000Z",
            heardUntil: null,
            gaps: [
              { state: "open", ...open },
              { state: "closed", ...closed },
            ],
          },
        ],
      },
    ],
  });
});

test("/metrics speaks Prometheus", async () => {
  metrics.crmCalls.inc({ kind: "composite", urgency: "usual" }, 3);
  const { body, type } = await get("/metrics");
  expect(type).toContain("text/plain");
  expect(body).toContain('earshot_crm_calls_total{kind="composite",urgency="usual"} 3');
});

test.each(["/etc/passwd", "/%E0%A4%A", "/ready/../../x"])(
  "%s is no page here, and nothing else is said",
  async (path) => {
    const { status, body } = await get(path);
    expect(status).toBe(404);
    expect(JSON.parse(body)).toEqual({
      status: "not found",
      detail: "There are /health, /ready, /coverage and /metrics",
    });
  },
);

test("what fails in answering says nothing of how we are built", async () => {
  const broken = openTelemetry({ level: "silent" }).metrics;
  jest.spyOn(broken.registry, "metrics").mockRejectedValue(new Error("out of order"));
  await using other = await openHttpServer({ host: "127.0.0.1", port: 0, board, metrics: broken, coverage });
  const answer = await fetch(`${other.url}/metrics`);
  expect(answer.status).toBe(500);
  expect(await answer.json()).toEqual({ status: "failed" });
});

test("a port that is taken is told as something to mend", async () => {
  const port = Number(new URL(server.url).port);
  const opening = openHttpServer({ host: "127.0.0.1", port, board, metrics, coverage });
  await expect(opening).rejects.toThrow(Misconfigured);
  await expect(opening).rejects.toThrow(new RegExp(`http\\.port ${port}`));
});

test("closing waits for nobody who keeps a connection open", async () => {
  await get("/health");
  await server[Symbol.asyncDispose]();
  await expect(fetch(`${server.url}/health`)).rejects.toThrow();
  server = await openHttpServer({ host: "127.0.0.1", port: 0, board, metrics, coverage });
});
