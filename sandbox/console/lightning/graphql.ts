import { callOrg, DATA } from "../page/org-api.ts";
import { toReadOnly } from "../page/read-only.ts";
import { toWireAdapter } from "../page/wire-adapter.ts";

type GraphqlRequest = Readonly<{ query: string; variables?: unknown; operationName?: string }>;

interface GraphqlAnswer {
  readonly data?: unknown;
  readonly errors?: readonly unknown[];
}

/** The text of a query; components put it into the configuration of the wire. */
export function gql(texts: TemplateStringsArray, ...values: readonly unknown[]): string {
  return texts.map((text, at) => text + (at < values.length ? String(values[at]) : "")).join("");
}

async function ask({ query, variables, operationName }: GraphqlRequest): Promise<GraphqlAnswer> {
  const body = { query, variables: variables ?? {}, operationName };
  return (await callOrg(`${DATA}/graphql`, { method: "POST", body })) as GraphqlAnswer;
}

/** The wire: `{ data, errors, refresh }`. With errors there is no data, as in an org. */
export const graphql = toWireAdapter<GraphqlRequest>({
  toConfig: ({ query, variables, operationName }) =>
    typeof query === "string" && query !== ""
      ? { query, variables, ...(typeof operationName === "string" ? { operationName } : {}) }
      : undefined,
  load: async (request) => {
    const { data, errors } = await ask(request);
    if (errors !== undefined && errors.length > 0) throw new GraphqlErrors(errors);
    return data;
  },
  toValue: ({ data, error, refresh }) => ({
    data,
    errors: error instanceof GraphqlErrors ? error.errors : error === undefined ? undefined : [error],
    refresh,
  }),
});

class GraphqlErrors extends Error {
  readonly errors: readonly unknown[];

  constructor(errors: readonly unknown[]) {
    super("The org refused the query");
    this.errors = toReadOnly(errors);
  }
}
