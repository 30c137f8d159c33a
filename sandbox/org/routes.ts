import { graphqlRoutes } from "./graphql/index.ts";
import { collectionRoutes } from "./rest/collections.ts";
import { compositeRoutes } from "./rest/composite.ts";
import { limitRoutes } from "./rest/limits.ts";
import { queryRoutes } from "./rest/query.ts";
import { resourceRoutes } from "./rest/resources.ts";
import { searchRoutes } from "./rest/search.ts";
import { sobjectRoutes } from "./rest/sobjects.ts";
import type { Route } from "./route.ts";
import { uiApiRoutes } from "./ui-api/index.ts";

/** Every endpoint below `/services/data/vXX.X`, room by room. The first that fits answers. */
export const routes: readonly Route[] = [
  ...resourceRoutes,
  ...queryRoutes,
  ...searchRoutes,
  ...sobjectRoutes,
  ...collectionRoutes,
  ...compositeRoutes,
  ...limitRoutes,
  ...graphqlRoutes,
  ...uiApiRoutes,
];
