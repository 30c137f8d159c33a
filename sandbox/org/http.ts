import express, { type Express, type Request as HttpRequest, type Response } from "express";
import { isMetered, type Authenticate } from "./auth/authenticate.ts";
import type { Faults } from "./faults/faults.ts";
import { lockFirstRow } from "./faults/lock-row.ts";
import { noSuchResource, Refusal } from "./refusal.ts";
import { toErrorAnswer, type Router } from "./rest/dispatch.ts";
import { versions } from "./rest/resources.ts";
import type { Answer, OrgCore, Request } from "./route.ts";

export interface HttpParts {
  readonly org: OrgCore;
  readonly router: Router;
  readonly faults: Faults;
  readonly authenticate: Authenticate;
  readonly oauth: express.Router;
  /** What the sandbox itself is asked for, under `/sandbox`. */
  readonly orders: readonly express.Router[];
  /** What is written meanwhile came this way. */
  readonly through: <T>(origin: string, work: () => T) => T;
}

/** Salesforce refuses longer addresses; clients then put a query into a composite. */
const maxUrl = 16 * 1024;

/** The org as an express app. It answers below `/services`, `/id` and `/sandbox`; what else comes falls through. */
export function toHttpApp(parts: HttpParts): Express {
  const app = express();
  app.disable("x-powered-by");
  app.use((request, _response, next) => {
    request.url = request.url.replace(/^\/+/, "/");
    next();
  });
  for (const router of parts.orders) app.use(router);
  app.use(parts.oauth);
  app.get("/services/data", (_request, response) => void response.json(versions));
  app.use("/services", express.raw({ type: () => true, limit: "50mb" }), (request, response, next) => {
    answer(parts, request, response).catch(next);
  });
  app.use((error: unknown, _request: HttpRequest, response: Response, next: express.NextFunction) => {
    if (!(error instanceof Refusal)) next(error);
    else send(response, toErrorAnswer(error));
  });
  return app;
}

/** One call from the wire: its fault, its caller, the day's limit, then the route. */
async function answer(parts: HttpParts, http: HttpRequest, response: Response): Promise<void> {
  const { org, faults } = parts;
  if (http.originalUrl.length > maxUrl) {
    response.status(414).type("text").send("URI Too Long");
    return;
  }
  // SOAP, Apex REST and the like are not here for anybody.
  if (!/^\/+services\/data\//.test(http.originalUrl)) throw noSuchResource();
  const text = Buffer.isBuffer(http.body) ? http.body.toString() : "";
  const act = faults.strike({ method: http.method, path: http.originalUrl, body: text });
  if (act === "hold") await faults.released();
  if (act === "drop-before") return void http.socket.destroy();
  if (act === "503") throw new Refusal("SERVER_UNAVAILABLE", "Server is temporarily unavailable", { status: 503 });
  if (act === "expire") throw new Refusal("INVALID_SESSION_ID", "Session expired or invalid", { status: 401 });
  const actor = parts.authenticate(http);
  if (act === "limit" || (isMetered(http) && org.usage.used() >= org.usage.max)) {
    throw new Refusal("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.", { status: 403 });
  }
  const locked = act === "lock" ? lockFirstRow(toJson(text)) : undefined;
  const request = {
    method: http.method,
    url: http.originalUrl,
    headers: toHeaders(http),
    body: locked ? locked.body : toJson(text),
    actor,
  };
  org.usage.count(kindOf(parts.router, request), isMetered(http));
  const found = parts.through(toOrigin(http), () => org.dispatch(request));
  if (act === "drop-after") return void http.socket.destroy();
  response.set("Sforce-Limit-Info", `api-usage=${org.usage.used()}/${org.usage.max}`);
  send(response, locked ? locked.restore(found) : found);
}

/** As change events tell it: the API, its version, and the client's name where it gives one. Lightning is a client, too. */
function toOrigin(http: HttpRequest): string {
  const version = /^\/services\/data\/v([\d.]+)\//.exec(http.originalUrl)?.[1] ?? "";
  if (!isMetered(http)) return `com/salesforce/api/soap/${version};client=SfdcInternalAPI/`;
  const client = /(?:^|[,;]\s*)client=([^,;]+)/i.exec(http.get("sforce-call-options") ?? "")?.[1];
  return `com/salesforce/api/rest/${version}${client === undefined ? "" : `;client=${client.trim()}`}`;
}

function kindOf(router: Router, request: Request): string {
  try {
    return router.find(request).route.kind;
  } catch {
    return "refused";
  }
}

function send(response: Response, { status, body, headers }: Answer): void {
  response.status(status).set(headers ?? {});
  if (body === undefined) response.end();
  else response.json(body);
}

function toJson(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : "not JSON";
    throw new Refusal("JSON_PARSER_ERROR", reason);
  }
}

function toHeaders(http: HttpRequest): Record<string, string> {
  return Object.fromEntries(Object.entries(http.headers).map(([name, value]) => [name, String(value)]));
}
