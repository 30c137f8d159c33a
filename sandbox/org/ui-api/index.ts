import type { Route } from "../route.ts";
import { objectInfoRoutes } from "./object-info.ts";
import { recordRoutes } from "./record-routes.ts";

/** What Lightning Data Service calls: records, and what objects and picklists look like to the user. */
export const uiApiRoutes: readonly Route[] = [...recordRoutes, ...objectInfoRoutes];
