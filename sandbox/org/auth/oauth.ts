import { Router, urlencoded, type Request } from "express";
import type { Actor } from "../access.ts";
import type { Answer } from "../route.ts";
import { connectorUsername } from "../seed/people.ts";
import type { Store } from "../store.ts";
import { toTimeText } from "../store/times.ts";
import type { Authenticate } from "./authenticate.ts";
import { sandboxApp, type ClientApps } from "./client-apps.ts";
import { jwtGrant, toJwtUser } from "./jwt-bearer.ts";
import type { Sessions } from "./sessions.ts";

/** The grant of the sandbox's own by which tests act as any user: no password, only the username. */
const sandboxUserGrant = "urn:earshot:sandbox-user";

interface OAuthParts {
  readonly store: Store;
  readonly sessions: Sessions;
  readonly apps: ClientApps;
  readonly authenticate: Authenticate;
  readonly organizationId: string;
  readonly now: () => number;
}

/** `/services/oauth2/token` and `userinfo`, and the identity page that a token's answer links to. */
export function oauthRouter(parts: OAuthParts): Router {
  const router = Router();
  router.post("/services/oauth2/token", urlencoded({ extended: false }), (request, response) => {
    const { status, body } = answerToken(parts, request);
    response.status(status).json(body);
  });
  router.get("/services/oauth2/userinfo", (request, response) => {
    const actor = parts.authenticate(request);
    response.json({
      ...toIdentity(parts, actor, baseUrl(request)),
      preferred_username: actor.username,
      name: actor.name,
    });
  });
  router.get("/id/:organization/:user", (request, response) => {
    const actor = parts.authenticate(request);
    response.json(toIdentity(parts, actor, baseUrl(request)));
  });
  return router;
}

function answerToken(parts: OAuthParts, request: Request): Answer {
  const form = new URLSearchParams(request.body as Record<string, string>);
  const grant = form.get("grant_type");
  // An assertion names the app itself; the form needs no client.
  if (grant === jwtGrant) {
    const user = toJwtUser({ ...parts, ownUrl: baseUrl(request) }, form.get("assertion") ?? "");
    return "error" in user ? refuse(400, user.error, user.description) : toGrant(parts, request, user);
  }
  const given = toClient(form, request.get("authorization"));
  if (given.id !== sandboxApp.clientId) return refuse(400, "invalid_client_id", "client identifier invalid");
  if (given.secret !== sandboxApp.secret) return refuse(401, "invalid_client", "invalid client credentials");
  if (grant !== "client_credentials" && grant !== sandboxUserGrant) {
    return refuse(400, "unsupported_grant_type", "grant type not supported");
  }
  const actor = parts.store.actor(grant === sandboxUserGrant ? (form.get("username") ?? "") : connectorUsername);
  if (!actor) return refuse(400, "invalid_grant", "user hasn't approved this consumer");
  return toGrant(parts, request, actor);
}

function toGrant(parts: OAuthParts, request: Request, actor: Actor): Answer {
  const body = {
    access_token: parts.sessions.begin(actor.id),
    scope: "api",
    instance_url: baseUrl(request),
    id: `${baseUrl(request)}/id/${parts.organizationId}/${actor.id}`,
    token_type: "Bearer",
    issued_at: String(parts.now()),
  };
  return { status: 200, body };
}

/** Client id and secret stand in the form or in a Basic header. */
function toClient(form: URLSearchParams, authorization: string | undefined): { id: string; secret: string } {
  const basic = /^Basic (.+)$/i.exec(authorization ?? "")?.[1];
  if (basic === undefined) return { id: form.get("client_id") ?? "", secret: form.get("client_secret") ?? "" };
  const [id = "", secret = ""] = Buffer.from(basic, "base64").toString().split(":");
  return { id, secret };
}

function refuse(status: number, error: string, description: string): Answer {
  return { status, body: { error, error_description: description } };
}

function toIdentity(parts: OAuthParts, actor: Actor, base: string): Record<string, unknown> {
  const id = `${base}/id/${parts.organizationId}/${actor.id}`;
  return {
    id,
    sub: id,
    user_id: actor.id,
    organization_id: parts.organizationId,
    username: actor.username,
    display_name: actor.name,
    email: actor.email,
    user_type: "STANDARD",
    language: "en_US",
    active: true,
    last_modified_date: toTimeText(parts.now()),
    urls: { rest: `${base}/services/data/v{version}/`, query: `${base}/services/data/v{version}/query/` },
  };
}

function baseUrl(request: Request): string {
  return `${request.protocol}://${request.get("host") ?? "localhost"}`;
}
