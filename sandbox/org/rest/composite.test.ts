import { openTestOrg, queryPath, type TestOrg } from "../testing/open-test-org.ts";

let place: TestOrg;

beforeEach(async () => {
  place = await openTestOrg();
});

afterEach(() => place[Symbol.asyncDispose]());

const root = "/services/data/v66.0";

interface Part {
  readonly method: string;
  readonly url: string;
  readonly referenceId: string;
  readonly body?: unknown;
  readonly httpHeaders?: Record<string, string>;
}

const createCase = (referenceId: string, more: Partial<Part> = {}): Part => ({
  method: "POST",
  url: `${root}/sobjects/Case`,
  referenceId,
  body: { Subject: referenceId },
  ...more,
});

const query = (referenceId: string, soql: string): Part => ({
  method: "GET",
  url: root + queryPath(soql),
  referenceId,
});

async function run(parts: readonly Part[], more: Record<string, unknown> = {}): Promise<unknown> {
  const body = { collateSubrequests: false, compositeRequest: parts, ...more };
  return (await place.call("connector", "POST /composite", { body })).body;
}

async function subjects(): Promise<unknown> {
  const { body } = await place.call("ada", `GET ${queryPath("SELECT Subject FROM Case ORDER BY CaseNumber")}`);
  return (body as { records: { Subject: string }[] }).records.map((row) => row.Subject);
}

test("without collation the parts run in their order, each by itself", async () => {
  const answer = await run([
    query("before", "SELECT COUNT() FROM Case"),
    createCase("first"),
    createCase("bad", { body: { Nope__c: 1 } }),
    query("after", "SELECT COUNT() FROM Case"),
  ]);
  expect(answer).toMatchObject({
    compositeResponse: [
      { referenceId: "before", httpStatusCode: 200, body: { totalSize: 0 } },
      { referenceId: "first", httpStatusCode: 201 },
      { referenceId: "bad", httpStatusCode: 400, body: [{ errorCode: "INVALID_FIELD" }] },
      { referenceId: "after", httpStatusCode: 200, body: { totalSize: 1 } },
    ],
  });
});

test("by default the order is not kept, but answers stand in the order of the parts", async () => {
  const answer = await run([query("before", "SELECT COUNT() FROM Case"), createCase("made")], {
    collateSubrequests: true,
  });
  expect(answer).toMatchObject({
    compositeResponse: [
      { referenceId: "before", body: { totalSize: 1 } },
      { referenceId: "made", httpStatusCode: 201 },
    ],
  });
});

test("a part refers to what an earlier one answered, in its address and its body", async () => {
  const answer = await run(
    [
      { method: "PATCH", url: `${root}/sobjects/Case/@{made.id}`, referenceId: "changed", body: { Status: "Closed" } },
      createCase("made"),
      createCase("child", { body: { Subject: "child", ParentId: "@{made.id}" } }),
    ],
    { collateSubrequests: true },
  );
  expect(answer).toMatchObject({
    compositeResponse: [{ httpStatusCode: 204 }, { httpStatusCode: 201 }, { httpStatusCode: 201 }],
  });
  const { body } = await place.call("ada", `GET ${queryPath("SELECT Id FROM Case WHERE Parent.Status = 'Closed'")}`);
  expect(body).toMatchObject({ totalSize: 1 });
});

test("a reference to what failed halts its part", async () => {
  const answer = await run([
    createCase("made", { body: { Nope__c: 1 } }),
    { method: "GET", url: `${root}/sobjects/Case/@{made.id}`, referenceId: "read" },
  ]);
  expect(answer).toMatchObject({
    compositeResponse: [{}, { httpStatusCode: 400, body: [{ errorCode: "PROCESSING_HALTED" }] }],
  });
});

test("allOrNone undoes everything", async () => {
  const answer = await run([createCase("made"), createCase("bad", { body: { Nope__c: 1 } }), createCase("never")], {
    allOrNone: true,
  });
  expect(answer).toMatchObject({
    compositeResponse: [
      { httpStatusCode: 400, body: [{ errorCode: "PROCESSING_HALTED" }] },
      { httpStatusCode: 400, body: [{ errorCode: "INVALID_FIELD" }] },
      { httpStatusCode: 400, body: [{ errorCode: "PROCESSING_HALTED" }] },
    ],
  });
  expect(await subjects()).toEqual([]);
});

test("five queries and collections go, a sixth is refused; so are 26 parts", async () => {
  const queries = (n: number): Part[] => Array.from({ length: n }, (_, at) => query(`q${at}`, "SELECT Id FROM Case"));
  const cases = (n: number): Part[] => Array.from({ length: n }, (_, at) => createCase(`c${at}`));
  expect(await run([...queries(5), ...cases(20)])).toHaveProperty("compositeResponse.length", 25);
  expect(await run(queries(6))).toMatchObject([{ errorCode: "LIMIT_EXCEEDED" }]);
  expect(await run(cases(26))).toMatchObject([{ errorCode: "LIMIT_EXCEEDED" }]);
});

test("a composite is one call, whatever its parts", async () => {
  await run([createCase("a"), createCase("b"), query("c", "SELECT Id FROM Case")]);
  const calls: unknown = await (await fetch(`${place.url}/sandbox/calls`)).json();
  expect(calls).toMatchObject({ used: 1, byKind: { composite: 1 } });
});

test("a new Case goes to the queue of the assignment rule, unless its own part forbids it", async () => {
  const off = { "Sforce-Auto-Assign": "FALSE" };
  const answer = await run([
    createCase("ruled"),
    createCase("kept", { httpHeaders: off }),
    {
      method: "PATCH",
      url: `${root}/sobjects/Case/@{kept.id}`,
      referenceId: "u",
      body: { Status: "Working" },
      httpHeaders: off,
    },
    query("owners", "SELECT Owner.Name FROM Case ORDER BY CaseNumber"),
    { method: "PATCH", url: `${root}/sobjects/Case/@{kept.id}`, referenceId: "v", body: { Status: "New" } },
    query("later", "SELECT Owner.Name FROM Case ORDER BY CaseNumber"),
  ]);
  expect(answer).toMatchObject({
    compositeResponse: [
      {},
      {},
      { httpStatusCode: 204 },
      { body: { records: [{ Owner: { Name: "Social Service" } }, { Owner: { Name: "Earshot Connector" } }] } },
      { httpStatusCode: 204 },
      { body: { records: [{ Owner: { Name: "Social Service" } }, { Owner: { Name: "Social Service" } }] } },
    ],
  });
});
