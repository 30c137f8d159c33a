import path from "node:path";
import express, { Router, type RequestHandler } from "express";
import type { Actor } from "../org/access.ts";
import { Refusal } from "../org/refusal.ts";
import { toApp, toTabPage } from "./answers/app.ts";
import { toList } from "./answers/list.ts";
import { toRecordPage } from "./answers/record-page.ts";
import { toSearch } from "./answers/search.ts";
import { toSession } from "./answers/session.ts";
import { securityHeaders } from "./security-headers.ts";
import { signIn, type ConsoleOrg } from "./sign-in.ts";

export { buildConsole } from "./build.ts";

const SLDS = path.resolve(import.meta.dirname, "../../node_modules/@salesforce-ux/design-system/assets");
const PAGE = path.join(import.meta.dirname, "page");

export interface ConsoleOptions {
  readonly org: ConsoleOrg;
  /** The source folder whose app, tabs, pages, layouts and list views the console shows. Read at each page load. */
  readonly forceApp: string;
  /** What `buildConsole` made of it. */
  readonly builtDir: string;
}

/** The console, to be mounted at `/` on the org's own port: its page talks to the org's endpoints beside it. */
export function consoleApp({ org, forceApp, builtDir }: ConsoleOptions): Router {
  const router = Router();
  router.use(securityHeaders);
  router.use("/slds", express.static(SLDS, { immutable: true, maxAge: "1d" }));
  router.use("/console/built", express.static(builtDir));
  router.get("/console/console.css", (_request, response) => response.sendFile(path.join(PAGE, "console.css")));
  router.use("/console/styles", express.static(path.join(PAGE, "styles")));

  const asUser =
    (toAnswer: (actor: Actor, parameter: string, view: string | undefined) => unknown): RequestHandler =>
    (request, response) => {
      const actor = signIn(org, request, response);
      const { parameter = "" } = request.params;
      const { view } = request.query;
      response.set("Cache-Control", "no-store");
      try {
        response.json(toAnswer(actor, String(parameter), typeof view === "string" ? view : undefined));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        response.status(error.status).json([{ errorCode: error.errorCode, message: error.message }]);
      }
    };
  router.get(
    "/console/session",
    asUser((actor) => toSession(org.store, actor)),
  );
  router.get(
    "/console/app",
    asUser((actor) => toApp(forceApp, org.store.schema, actor)),
  );
  router.get(
    "/console/tab/:parameter",
    asUser((_actor, name) => toTabPage(forceApp, name)),
  );
  router.get(
    "/console/record-page/:parameter",
    asUser((actor, objectOrId) => toRecordPage(forceApp, org.store, actor, objectOrId)),
  );
  router.get(
    "/console/list/:parameter",
    asUser((actor, object, view) => toList({ forceApp, store: org.store, actor }, object, view)),
  );

  router.get(
    "/console/search/:parameter",
    asUser((actor, term) => toSearch({ forceApp, store: org.store, actor }, term)),
  );

  router.get(["/", "/lightning/*place"], (request, response) => {
    signIn(org, request, response);
    response.set("Cache-Control", "no-store");
    // The wish to be somebody is granted once; the address goes on without it.
    if ("user" in request.query) response.redirect(withoutUser(request.originalUrl));
    else response.sendFile(path.join(PAGE, "index.html"));
  });
  return router;
}

function withoutUser(address: string): string {
  const url = new URL(address, "http://console");
  url.searchParams.delete("user");
  return `${url.pathname}${url.search}`;
}
