import { openTestOrg, queryPath, type TestOrg } from "../testing/open-test-org.ts";

let place: TestOrg;

beforeEach(async () => {
  place = await openTestOrg();
});

afterEach(() => place[Symbol.asyncDispose]());

async function order(...faults: readonly unknown[]): Promise<number> {
  const answer = await fetch(`${place.url}/sandbox/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(faults),
  });
  return answer.status;
}

async function accounts(): Promise<number> {
  const { body } = await place.call("ada", `GET ${queryPath("SELECT COUNT() FROM Account")}`);
  return (body as { totalSize: number }).totalSize;
}

const post = (name = "Nordwind"): ReturnType<TestOrg["call"]> =>
  place.call("ada", "POST /sobjects/Account", { body: { Name: name } });

test.each([
  ["503", 503, "SERVER_UNAVAILABLE"],
  ["expire", 401, "INVALID_SESSION_ID"],
  ["limit", 403, "REQUEST_LIMIT_EXCEEDED"],
])("%s answers %i once, and does nothing", async (act, status, errorCode) => {
  await order({ match: { path: "/sobjects/Account" }, act });
  expect(await post()).toMatchObject({ status, body: [{ errorCode }] });
  expect(await accounts()).toBe(0);
  expect(await post()).toMatchObject({ status: 201 });
});

test("drop-before cuts the line with nothing done, drop-after with everything done", async () => {
  await order({ match: { method: "POST" }, act: "drop-before" });
  await expect(post()).rejects.toThrow("fetch failed");
  expect(await accounts()).toBe(0);
  await order({ match: { method: "POST" }, act: "drop-after" });
  await expect(post()).rejects.toThrow("fetch failed");
  expect(await accounts()).toBe(1);
});

test("skip, times and the body choose what is struck", async () => {
  await order({ match: { body: "Struck" }, skip: 1, times: 2, act: "503" });
  const statuses: number[] = [];
  for (const name of ["Struck 1", "Spared", "Struck 2", "Struck 3", "Struck 4"])
    statuses.push((await post(name)).status);
  expect(statuses).toEqual([201, 201, 503, 503, 201]);
});

test("the path is matched decoded, too", async () => {
  await order({ match: { path: "FROM Account" }, act: "503" });
  expect(await place.call("ada", `GET ${queryPath("SELECT COUNT() FROM Account")}`)).toMatchObject({ status: 503 });
});

test("lock fails the first row of a collection, alone or in a composite, and saves the others", async () => {
  const records = ["a", "b"].map((Name) => ({ attributes: { type: "Account" }, Name }));
  const locked = [{ success: false, errors: [{ statusCode: "UNABLE_TO_LOCK_ROW" }] }, { success: true }];
  const url = "/services/data/v66.0/composite/sobjects";
  await order({ act: "lock" }, { match: { path: "/composite" }, act: "lock" });
  expect(await place.call("ada", "POST /composite/sobjects", { body: { records } })).toMatchObject({
    status: 200,
    body: locked,
  });
  const body = {
    compositeRequest: [
      { method: "GET", url: `/services/data/v66.0${queryPath("SELECT Id FROM Case")}`, referenceId: "q" },
      { method: "POST", url, referenceId: "rows", body: { records } },
    ],
  };
  expect(await place.call("ada", "POST /composite", { body })).toMatchObject({
    body: {
      compositeResponse: [
        { referenceId: "q", httpStatusCode: 200 },
        { referenceId: "rows", body: locked },
      ],
    },
  });
  expect(await accounts()).toBe(2);
});

test("hold keeps a call until the faults are cleared", async () => {
  await order({ match: { method: "POST" }, act: "hold" });
  let done = false;
  const held = post().then((answer) => {
    done = true;
    return answer.status;
  });
  expect(await accounts()).toBe(0);
  expect(done).toBe(false);
  expect(await (await fetch(`${place.url}/sandbox/faults`)).json()).toEqual({ held: 1 });
  await fetch(`${place.url}/sandbox/faults`, { method: "DELETE" });
  expect(await held).toBe(201);
});

test("an order that is not understood is refused", async () => {
  expect(await order({ act: "explode" })).toBe(400);
  expect(await order({ act: "503", matches: {} })).toBe(400);
});
