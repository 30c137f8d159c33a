import { once } from "node:events";
import type { AddressInfo } from "node:net";
import express, { type ErrorRequestHandler } from "express";
import { z } from "zod";
import { Misconfigured } from "../errors.ts";
import { isOpen, type AccountCoverage } from "../model/coverage.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import type { Board } from "./board.ts";

export interface HttpServer extends AsyncDisposable {
  readonly url: string;
}

export interface HttpOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly board: Board;
  readonly metrics: Metrics;
  readonly coverage: () => readonly AccountCoverage[];
}

/**
 * What operators and their tools ask: `/health` (200 while the process works), `/ready` (503 while a part waits or starts,
 * with what it waits for), `/coverage` (what was heard and what was missed), `/metrics` (Prometheus). Throws `Misconfigured` where the port cannot be had.
 */
export async function openHttpServer({ host, port, board, metrics, coverage }: HttpOptions): Promise<HttpServer> {
  const app = express();
  app.disable("x-powered-by");
  app.get("/health", (_request, response) => {
    response.json({ status: "ok", parts: board.parts() });
  });
  app.get("/ready", (_request, response) => {
    const ready = board.isReady();
    response.status(ready ? 200 : 503).json({ status: ready ? "ready" : "not ready", parts: board.parts() });
  });
  app.get("/coverage", (_request, response) => {
    response.json({ accounts: coverage().map(toShown) });
  });
  app.get("/metrics", async (_request, response) => {
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
  app.use((_request, response) => {
    response.status(404).json({ status: "not found", detail: "There are /health, /ready, /coverage and /metrics" });
  });
  app.use(toErrorAnswer);
  const server = app.listen(port, host);
  try {
    await once(server, "listening");
  } catch (error) {
    throw new Misconfigured(`http.port ${port} on ${host} cannot be opened: is another connector running there?`, {
      cause: error,
    });
  }
  const address = server.address() as AddressInfo;
  return {
    url: `http://${host}:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** Each gap with its state in a word, the latest first. */
function toShown({ account, handle, feeds }: AccountCoverage) {
  return {
    account,
    handle: handle ?? null,
    feeds: feeds.map(({ feed, since, heardUntil = null, gaps }) => ({
      feed,
      since,
      heardUntil,
      gaps: gaps.map((gap) => ({ state: isOpen(gap) ? "open" : "closed", ...gap })).reverse(),
    })),
  };
}

/** Says that it failed and nothing of how: a stack names what runs here. */
const toErrorAnswer: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) {
    next(error);
    return;
  }
  const status = BadRequest.safeParse(error).data?.status ?? 500;
  response.status(status).json({ status: "failed" });
};

const BadRequest = z.object({ status: z.number().int().min(400).max(499) });
