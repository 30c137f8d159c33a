import { noSuchResource, Refusal } from "../refusal.ts";
import type { Answer, OrgCore, Request, Route } from "../route.ts";
import { versions } from "./resources.ts";

interface Prepared {
  readonly route: Route;
  readonly segments: readonly string[];
}

/** Finds the route of a request. Whole paths only: a segment too many is NOT_FOUND, as on Salesforce. */
export interface Router {
  find(request: Request): { readonly route: Route; readonly answer: (org: OrgCore) => Answer };
}

export function toRouter(routes: readonly Route[]): Router {
  const prepared = routes.map((route): Prepared => ({ route, segments: toSegments(route.path) }));

  function find(request: Request): ReturnType<Router["find"]> {
    const url = new URL(request.url.replace(/^\/+/, "/"), "http://org");
    const match = /^\/services\/data\/v(\d+\.\d)(\/.*)?$/.exec(url.pathname);
    const version = match?.[1] ?? "";
    if (!versions.some((each) => each.version === version)) throw noSuchResource();
    const segments = toSegments(match?.[2] ?? "");
    const fitting = prepared.filter((each) => fits(each.segments, segments));
    if (fitting.length === 0) throw noSuchResource();
    const found = fitting.find((each) => each.route.method === request.method);
    if (!found) throw notAllowed(request.method, fitting);
    const params = Object.fromEntries(
      found.segments.flatMap((name, at) => (name.startsWith(":") ? [[name.slice(1), decode(segments[at] ?? "")]] : [])),
    );
    return {
      route: found.route,
      answer: (org) => found.route.answer({ ...request, version, params, query: url.searchParams }, org),
    };
  }

  return { find };
}

/** Runs a request in a transaction (a savepoint inside a composite); what is refused is undone and becomes an error body. */
export function dispatch(router: Router, org: OrgCore, request: Request): Answer {
  try {
    const { answer } = router.find(request);
    if (request.method === "GET") return answer(org);
    return org.store.transaction(() => answer(org));
  } catch (error) {
    if (error instanceof Refusal) return toErrorAnswer(error);
    throw error;
  }
}

export function toErrorAnswer({ status, errorCode, message, fields }: Refusal): Answer {
  return { status, body: [{ message, errorCode, ...(fields.length > 0 && { fields }) }] };
}

function toSegments(path: string): string[] {
  return path.split("/").slice(1);
}

function fits(pattern: readonly string[], segments: readonly string[]): boolean {
  return (
    pattern.length === segments.length &&
    pattern.every((name, at) => (name.startsWith(":") ? segments[at] !== "" : name === segments[at]))
  );
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw noSuchResource();
  }
}

function notAllowed(method: string, fitting: readonly Prepared[]): Refusal {
  const allowed = fitting.map((each) => each.route.method).join(",");
  const message = `HTTP Method '${method}' not allowed. Allowed are ${allowed}`;
  return new Refusal("METHOD_NOT_ALLOWED", message, { status: 405 });
}
