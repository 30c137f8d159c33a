import { z } from "zod";
import { Refusal } from "../refusal.ts";
import type { Route } from "../route.ts";
import { execute } from "./execute.ts";

const Request = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

/** `POST /graphql`: reads any readable object. Whatever is wrong with a query stands in `errors`, with status 200. */
export const graphqlRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/graphql",
    kind: "graphql",
    answer({ body, actor }, { store }) {
      const request = Request.safeParse(body);
      if (!request.success) throw new Refusal("JSON_PARSER_ERROR", "The body needs a string called query.");
      const { query, variables, operationName } = request.data;
      return {
        status: 200,
        body: execute(
          { store, actor },
          { query, variables: variables ?? {}, operationName: operationName ?? undefined },
        ),
      };
    },
  },
];
