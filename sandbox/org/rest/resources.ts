import type { Route } from "../route.ts";

const [oldest, newest] = [50, 66];

/** The versions spoken, oldest first, as `GET /services/data` lists them: all that clients of today begin with. */
export const versions = Array.from({ length: newest - oldest + 1 }, (_, at) => {
  const version = `${oldest + at}.0`;
  return { label: toRelease(oldest + at), version, url: `/services/data/v${version}` };
});

/** Three a year: version 66 is Spring '26. */
function toRelease(version: number): string {
  const season = ["Spring", "Summer", "Winter"][version % 3] ?? "";
  return `${season} '${Math.floor(version / 3) + 4 + (season === "Winter" ? 1 : 0)}`;
}

const names = [
  "composite",
  "graphql",
  "limits",
  "parameterizedSearch",
  "query",
  "queryAll",
  "search",
  "sobjects",
  "ui-api",
];

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
