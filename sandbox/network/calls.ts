import type { RequestHandler } from "express";

export interface Calls {
  readonly total: number;
  /** By method and path, with numbers in the path as `:id`. */
  readonly byRoute: Readonly<Record<string, number>>;
}

export interface CallCount {
  readonly count: RequestHandler;
  sofar(): Calls;
  reset(): void;
}

/** Counts the requests that come by, since the start or the last reset. */
export function createCallCount(): CallCount {
  const routes = new Map<string, number>();
  return {
    count: (request, _response, next) => {
      const path = (request.originalUrl.split("?")[0] ?? "").replace(/\/\d+(?=\/|$)/g, "/:id");
      const route = `${request.method} ${path}`;
      routes.set(route, (routes.get(route) ?? 0) + 1);
      next();
    },
    sofar: () => ({
      total: [...routes.values()].reduce((sum, n) => sum + n, 0),
      byRoute: Object.fromEntries([...routes].sort(([a], [b]) => a.localeCompare(b))),
    }),
    reset: () => routes.clear(),
  };
}
