import { openTestOrg, queryPath, type TestOrg } from "../testing/open-test-org.ts";

let place: TestOrg;

beforeAll(async () => {
  place = await openTestOrg();
});

afterAll(() => place[Symbol.asyncDispose]());

const columns = async (soql: string): ReturnType<TestOrg["call"]> =>
  place.call("ada", `GET ${queryPath(soql)}&columns=true`);
const plain = (columnName: string, joinColumns: unknown[] = []) => ({
  ...{ columnName, displayName: columnName, aggregate: false },
  joinColumns,
});

test("fields and parents are told as the rows will name them", async () => {
  expect((await columns("select id, owner.name, Contact.Account.name from case")).body).toMatchObject({
    entityName: "Case",
    idSelected: true,
    keyPrefix: "500",
    columnMetadata: [
      plain("Id"),
      plain("Owner", [{ columnName: "Name" }]),
      plain("Contact", [plain("Account", [plain("Name")])]),
    ],
  });
});

test("what is grouped is flat, under its alias or number", async () => {
  const soql = "SELECT Owner.Name, Status s, COUNT(Id), MAX(CreatedDate) newest FROM Case GROUP BY Owner.Name, Status";
  expect((await columns(soql)).body).toMatchObject({
    groupBy: true,
    columnMetadata: [
      plain("Name"),
      plain("s"),
      { columnName: "expr0", displayName: "COUNT(Id)", aggregate: true },
      { columnName: "newest", displayName: "newest", aggregate: true },
    ],
  });
});

test("children are a column of columns; a bare count has none; a bad query is refused", async () => {
  expect((await columns("SELECT Name, (SELECT Subject FROM Cases) FROM Account")).body).toMatchObject({
    columnMetadata: [plain("Name"), { columnName: "Cases", aggregate: true, joinColumns: [plain("Subject")] }],
  });
  expect((await columns("SELECT COUNT() FROM Case")).body).toMatchObject({ columnMetadata: [] });
  expect(await columns("SELECT Nope FROM Case")).toMatchObject({ status: 400, body: [{ errorCode: "INVALID_FIELD" }] });
});
