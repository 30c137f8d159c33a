import type { Route } from "../route.ts";

const releases = ["Spring '24", "Summer '24", "Winter '25", "Spring '25", "Summer '25", "Winter '26", "Spring '26"];

/** The versions spoken, oldest first, as `GET /services/data` lists them. */
export const versions = releases.map((label, at) => {
  const version = `${60 + at}.0`;
  return { label, version, url: `/services/data/v${version}` };
});

const names = ["composite", "graphql", "limits", "query", "queryAll", "sobjects", "ui-api"];

export const resourceRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "",
    kind: "resources",
    answer: (call, org) => ({
      status: 200,
      body: {
        ...Object.fromEntries(names.map((name) => [name, `/services/data/v${call.version}/${name}`])),
        identity: `http://${call.headers["host"] ?? ""}/id/${org.organizationId}/${call.actor.id}`,
      },
    }),
  },
];
