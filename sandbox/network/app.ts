import express, { type ErrorRequestHandler, type Express } from "express";
import { createCallCount } from "./calls.ts";
import { spoil, type Faults } from "./faults.ts";
import { pageRoutes } from "./page.ts";
import { rateLimit, type RateLimit } from "./rate-limit.ts";
import { Refusal } from "./refusal.ts";
import { accountRoutes } from "./routes/accounts.ts";
import { instanceRoutes } from "./routes/instance.ts";
import { notificationRoutes } from "./routes/notifications.ts";
import { oauthRoutes } from "./routes/oauth.ts";
import { reactionRoutes } from "./routes/reactions.ts";
import { sandboxRoutes } from "./routes/sandbox.ts";
import { searchRoutes } from "./routes/search.ts";
import { statusRoutes } from "./routes/statuses.ts";
import { timelineRoutes } from "./routes/timelines.ts";
import type { State } from "./state.ts";
import type { Sockets } from "./streaming.ts";

interface Parts {
  readonly faults: Faults;
  readonly sockets: Sockets;
  /** Calls of one account in five minutes. */
  readonly rate: RateLimit;
}

/** Everything the network answers over HTTP: the client API, the sandbox's own endpoints and the page. */
export function createApp(state: State, { faults, sockets, rate }: Parts): Express {
  const calls = createCallCount();
  const app = express();
  app.disable("x-powered-by").set("query parser", "extended");
  app.use(express.json({ limit: "8mb" }), express.urlencoded({ extended: true, limit: "8mb" }));
  app.use("/sandbox", sandboxRoutes(state, { faults, calls, sockets }));
  app.get("/api/v1/streaming/health", (_request, response) => response.type("text").send("OK"));
  const troubles = spoil(faults, () => sockets.drop());
  app.use(["/api", "/oauth"], calls.count, rateLimit(rate, state.now), troubles);
  app.use(oauthRoutes(state));
  app.use(instanceRoutes(state), searchRoutes(state));
  app.use("/api/v1/accounts", accountRoutes(state));
  app.use("/api/v1/statuses", statusRoutes(state), reactionRoutes(state));
  app.use("/api/v1/notifications", notificationRoutes(state));
  app.use("/api/v1", timelineRoutes(state));
  app.use(pageRoutes(state));
  app.use(() => {
    throw new Refusal(404, "Not Found");
  });
  app.use(answerError);
  return app;
}

/** Errors as Mastodon words them; what the body parser refuses carries its own status. */
const answerError: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  const status = error instanceof Error && "status" in error && typeof error.status === "number" ? error.status : 500;
  const message = error instanceof Error && status < 500 ? error.message : "Something went wrong on our end";
  if (status >= 500 && !(error instanceof Refusal)) console.error(error);
  response.status(status).json({ error: error instanceof Refusal ? error.message : message });
};
