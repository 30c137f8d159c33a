import { openExampleOrg, type ExampleOrg } from "../../../test/example-org.ts";

let example: ExampleOrg;

beforeAll(async () => {
  example = await openExampleOrg(() => Date.parse("2026-11-22T12:00:00Z"));
});

afterAll(() => example[Symbol.asyncDispose]());

interface Answer {
  readonly data: { readonly uiapi: { readonly query: Readonly<Record<string, unknown>> } } | null;
  readonly errors: readonly { readonly message: string; readonly extensions: { readonly ErrorType: string } }[];
}

async function ask(who: string, selection: string, variables: Readonly<Record<string, unknown>> = {}): Promise<Answer> {
  const query = selection.startsWith("query") ? selection : `query { uiapi { query { ${selection} } } }`;
  const { status, body } = await example.call(who, "POST", "/graphql", { query, variables });
  expect(status).toBe(200);
  return body as Answer;
}

async function data(who: string, selection: string, variables?: Readonly<Record<string, unknown>>): Promise<unknown> {
  const { data: found, errors } = await ask(who, selection, variables);
  expect(errors).toEqual([]);
  return found?.uiapi.query;
}

const keys = async (selection: string, variables?: Readonly<Record<string, unknown>>): Promise<string[]> => {
  const found = (await data("rita", selection, variables)) as Record<
    "Social_Post__c",
    { edges: { node: { External_Key__c: { value: string } } }[] }
  >;
  return found.Social_Post__c.edges.map(({ node }) => node.External_Key__c.value);
};

const KEY = "{ edges { node { External_Key__c { value } } } }";

describe("reading", () => {
  test("gives a record's values with the words people read", async () => {
    const found = await data(
      "rita",
      `Case(where: { Id: { eq: "${example.caseId}" } }) {
        edges { node {
          Id ApiName
          Subject { value displayValue }
          Status { value label displayValue }
          IsClosed { value }
          ClosedDate { value displayValue }
          Social_Last_Inbound_At__c { value displayValue }
        } }
        totalCount
      }`,
    );
    expect(found).toEqual({
      Case: {
        totalCount: 1,
        edges: [
          {
            node: {
              Id: example.caseId,
              ApiName: "Case",
              Subject: { value: "My bag never arrived in Oslo", displayValue: null },
              Status: { value: "New", label: "New", displayValue: "New" },
              IsClosed: { value: false },
              ClosedDate: { value: null, displayValue: null },
              Social_Last_Inbound_At__c: { value: "2026-11-22T11:50:00.000Z", displayValue: "11/22/26, 11:50 AM" },
            },
          },
        ],
      },
    });
  });

  test("follows parents, owners of several types and children", async () => {
    const found = await data(
      "rita",
      `Case(where: { Id: { eq: "${example.caseId}" } }) { edges { node {
        Owner { __typename ... on User { Name { value } } ... on Group { DeveloperName { value } } }
        Contact { Email { value } Account { Name { value } } }
        Social_Posts__r(first: 2, orderBy: { Posted_At__c: { order: DESC } }) {
          edges { node { External_Key__c { value } Persona__r { Handle__c { value } } } }
          totalCount
          pageInfo { hasNextPage }
        }
      } } }`,
    );
    const post = (key: string) => ({
      node: { External_Key__c: { value: key }, Persona__r: { Handle__c: { value: "@anna" } } },
    });
    expect(found).toEqual({
      Case: {
        edges: [
          {
            node: {
              Owner: { __typename: "User", Name: { value: "Rita Rep" } },
              Contact: { Email: { value: "anna@example.com" }, Account: null },
              Social_Posts__r: {
                edges: [post("post-3"), post("post-2")],
                totalCount: 3,
                pageInfo: { hasNextPage: true },
              },
            },
          },
        ],
      },
    });
  });

  test("takes aliases, fragments and variables", async () => {
    const found = await data(
      "rita",
      `query($keys: [String], $who: ID) { uiapi { query {
        some: Social_Post__c(where: { External_Key__c: { in: $keys } }) { ...counted }
        hers: Social_Post__c(where: { Contact__c: { eq: $who } }) { ...counted }
      } } }
      fragment counted on Social_Post__cConnection { totalCount }`,
      { keys: ["post-1", "post-9"], who: example.contactId },
    );
    expect(found).toEqual({ some: { totalCount: 1 }, hers: { totalCount: 3 } });
  });
});

describe("where", () => {
  test.each([
    [`{ Visibility__c: { eq: "private" } }`, ["post-3"]],
    [`{ Visibility__c: { ne: "private" } }`, ["post-1", "post-2"]],
    [`{ Excerpt__c: { like: "two days%" } }`, ["post-2"]],
    [`{ External_Key__c: { nin: ["post-1", "post-2"] } }`, ["post-3"]],
    [`{ Excerpt__c: { eq: null } }`, ["post-3"]],
    [`{ not: { Sentiment__c: { eq: "negative" } } }`, ["post-3"]],
    [`{ Posted_At__c: { gt: { value: "2026-11-22T11:15:00Z" } } }`, ["post-2", "post-3"]],
    [`{ Posted_At__c: { eq: { literal: YESTERDAY } } }`, []],
    [`{ Posted_At__c: { gte: { range: { last_n_days: 2 } } } }`, ["post-1", "post-2", "post-3"]],
    [
      `{ Case__r: { Status: { eq: "New" }, Contact: { Email: { eq: "anna@example.com" } } } }`,
      ["post-1", "post-2", "post-3"],
    ],
    [`{ or: [{ External_Key__c: { eq: "post-1" } }, { Visibility__c: { eq: "private" } }] }`, ["post-1", "post-3"]],
    [
      `{ and: [{ Needs_Response__c: { eq: true } }, { Version__c: { lt: 1 } }, { External_Key__c: { eq: "post-2" } }] }`,
      ["post-2"],
    ],
  ])("%s", async (where, expected) => {
    expect(await keys(`Social_Post__c(where: ${where}, orderBy: { External_Key__c: { order: ASC } }) ${KEY}`)).toEqual(
      expected,
    );
  });

  test("a condition whose variable is not given asks for nothing, also among alternatives", async () => {
    const found = await keys(
      `query($other: ID) { uiapi { query {
        Social_Post__c(where: { or: [{ External_Key__c: { eq: "post-1" } }, { Id: { eq: $other } }] }) ${KEY}
      } } }`,
    );
    expect(found).toEqual(["post-1"]);
  });

  test("scope MINE shows what the asker owns", async () => {
    expect(await data("rita", "Case(scope: MINE) { totalCount }")).toEqual({ Case: { totalCount: 1 } });
    expect(await data("sam", "Case(scope: MINE) { totalCount }")).toEqual({ Case: { totalCount: 0 } });
  });

  test("long text is neither filtered nor sorted", async () => {
    const filtered = await ask("rita", `Social_Post__c(where: { Text__c: { like: "%bag%" } }) { totalCount }`);
    const sorted = await ask("rita", `Social_Post__c(orderBy: { Text__c: { order: ASC } }) { totalCount }`);
    expect(filtered.errors[0]?.message).toContain('"Text__c" is not defined by type "Social_Post__c_Filter"');
    expect(sorted.errors[0]?.message).toContain('"Text__c" is not defined by type "Social_Post__c_OrderBy"');
  });
});

describe("order and pages", () => {
  test("the members of orderBy count in the order in which they are written", async () => {
    const order = "{ Visibility__c: { order: DESC }, Posted_At__c: { order: DESC } }";
    expect(await keys(`Social_Post__c(orderBy: ${order}) ${KEY}`)).toEqual(["post-2", "post-1", "post-3"]);
    const other = "{ Posted_At__c: { order: ASC }, Visibility__c: { order: DESC } }";
    expect(await keys(`Social_Post__c(orderBy: ${other}) ${KEY}`)).toEqual(["post-1", "post-2", "post-3"]);
  });

  test("empty values come first unless they are asked for last", async () => {
    const by = (nulls: string): string => `{ Excerpt__c: { order: ASC${nulls} } }`;
    expect((await keys(`Social_Post__c(orderBy: ${by("")}) ${KEY}`))[0]).toBe("post-3");
    expect((await keys(`Social_Post__c(orderBy: ${by(", nulls: LAST")}) ${KEY}`))[2]).toBe("post-3");
  });

  test("a cursor leads to the next page until there is none", async () => {
    const page = async (after: string | null): Promise<{ seen: string[]; end: string; more: boolean }> => {
      const found = (await data(
        "rita",
        `query($after: String) { uiapi { query {
          Social_Post__c(first: 2, after: $after, orderBy: { Posted_At__c: { order: ASC } }) {
            edges { cursor node { External_Key__c { value } } } pageInfo { hasNextPage endCursor }
          }
        } } }`,
        { after },
      )) as Record<
        "Social_Post__c",
        {
          edges: { node: { External_Key__c: { value: string } } }[];
          pageInfo: { hasNextPage: boolean; endCursor: string };
        }
      >;
      const { edges, pageInfo } = found.Social_Post__c;
      const seen = edges.map(({ node }) => node.External_Key__c.value);
      return { seen, end: pageInfo.endCursor, more: pageInfo.hasNextPage };
    };
    const first = await page(null);
    expect(first).toMatchObject({ seen: ["post-1", "post-2"], more: true });
    expect(await page(first.end)).toMatchObject({ seen: ["post-3"], more: false });
  });

  test("ten rows come where nobody says how many, and no more than 2,000", async () => {
    const ada = example.org.store.actor("ada@nordwind.example");
    for (let n = 0; n < 12 && ada; n++)
      example.org.store.create(ada, "Lead", { LastName: `Lead ${n}`, Company: "Fjord AS" });
    const found = (await data("rita", "Lead { edges { node { Id } } totalCount }")) as {
      Lead: { edges: unknown[]; totalCount: number };
    };
    expect([found.Lead.edges.length, found.Lead.totalCount]).toEqual([10, 12]);
    const { errors } = await ask("rita", "Lead(first: 2001) { edges { node { Id } } }");
    expect(errors[0]?.message).toContain("between 0 and 2000");
  });
});

describe("what somebody may not see", () => {
  const privateText = (mark: string): string =>
    `Social_Post__c(where: { External_Key__c: { eq: "post-3" } }) { edges { node { Id Private_Text__c ${mark} { value } } } }`;

  test("does not exist for them: the whole query is refused in an org's words", async () => {
    const { data: found, errors } = await ask("sam", privateText(""));
    expect(found).toBeNull();
    expect(errors).toHaveLength(1);
    expect(errors[0]?.message).toBe(
      "Validation error of type FieldUndefined: Field 'Private_Text__c' in type 'Social_Post__c' is undefined @ " +
        "'uiapi/query/Social_Post__c/edges/node/Private_Text__c'",
    );
    expect(errors[0]?.extensions.ErrorType).toBe("ValidationError");
  });

  test("is left out where the query calls it optional", async () => {
    const id = example.postIds[2];
    expect(await data("sam", privateText("@optional"))).toEqual({ Social_Post__c: { edges: [{ node: { Id: id } }] } });
    expect(await data("rita", privateText("@optional"))).toEqual({
      Social_Post__c: { edges: [{ node: { Id: id, Private_Text__c: { value: "My booking is ZX81QL" } } }] },
    });
  });

  test("an optional parent that keeps no field is left out as a whole", async () => {
    const query = `Case(first: 1) { edges { node { Id Social_Persona__r @optional { Handle__c @optional { value } } } } }`;
    expect(await data("nora", query)).toEqual({ Case: { edges: [{ node: { Id: example.caseId } }] } });
  });

  test("an object without access is no field of the query", async () => {
    const { errors } = await ask("nora", "Social_Post__c { totalCount }");
    expect(errors[0]?.message).toContain("Field 'Social_Post__c' in type 'RecordQuery' is undefined");
  });
});

test("text that is no GraphQL is an error with status 200", async () => {
  const { errors, data: found } = await ask("rita", "query { uiapi { query {");
  expect(found).toBeNull();
  expect(errors[0]?.extensions.ErrorType).toBe("InvalidSyntax");
});

test("when somebody looked at a record is theirs alone", async () => {
  const looked = `Case(where: { Id: { eq: "${example.caseId}" } }) { edges { node { LastViewedDate { value } } } }`;
  await example.call("rita", "GET", `/ui-api/records/${example.caseId}?fields=Case.Subject&updateMru=true`);
  const answer = (value: string | null) => ({ Case: { edges: [{ node: { LastViewedDate: { value } } }] } });
  expect(await data("rita", looked)).toEqual(answer("2026-11-22T12:00:00.000Z"));
  expect(await data("sam", looked)).toEqual(answer(null));
});
