import { openCustomerMetadata, recordType } from "../../../test/fakes/customer-metadata.ts";
import { openTestOrg, queryPath, sourceFolders, type TestOrg } from "../testing/open-test-org.ts";

let customer: Awaited<ReturnType<typeof openCustomerMetadata>>;
let place: TestOrg;

beforeAll(async () => {
  customer = await openCustomerMetadata(recordType("PersonAccount", "PersonAccount"));
  place = await openTestOrg({ metadata: [...sourceFolders, customer.path] });
});
afterAll(async () => {
  await place[Symbol.asyncDispose]();
  await customer[Symbol.asyncDispose]();
});

const ask = (request: string, body?: object) => place.call("ada", request, body === undefined ? {} : { body });

async function rows(soql: string): Promise<readonly Record<string, unknown>[]> {
  const { body } = await ask(`GET ${queryPath(soql)}`);
  return (body as { records: Record<string, unknown>[] }).records;
}

async function create(object: string, body: object): Promise<string> {
  return ((await ask(`POST /sobjects/${object}`, body)).body as { id: string }).id;
}

async function person(names: object): Promise<{ readonly id: string; readonly contact: string }> {
  const id = await create("Account", names);
  const [row] = await rows(`SELECT PersonContactId FROM Account WHERE Id = '${id}'`);
  return { id, contact: String(row?.["PersonContactId"]) };
}

test("an Account with a LastName is a person, and has a Contact of its own", async () => {
  const { id, contact } = await person({ FirstName: "Petra", LastName: "Privat", Phone: "1", Mastodon__pc: "petra" });
  const shown = "Name, IsPersonAccount, LastName, Phone, Mastodon__pc, PersonContact.Name";
  expect(await rows(`SELECT ${shown} FROM Account WHERE Id = '${id}'`)).toMatchObject([
    {
      ...{ Name: "Petra Privat", IsPersonAccount: true, LastName: "Privat", Phone: "1", Mastodon__pc: "petra" },
      PersonContact: { Name: "Petra Privat" },
    },
  ]);
  expect(
    await rows(`SELECT AccountId, IsPersonAccount, Mastodon__c FROM Contact WHERE Id = '${contact}'`),
  ).toMatchObject([{ AccountId: id, IsPersonAccount: true, Mastodon__c: "petra" }]);
});

test("it may be renamed by either side, and goes and comes back with its Contact", async () => {
  const { id, contact } = await person({ LastName: "Alt" });
  const names = async () => [
    ...(await rows(`SELECT Name FROM Account WHERE Id = '${id}' AND PersonContactId = '${contact}'`)),
    ...(await rows(`SELECT Name FROM Contact WHERE Id = '${contact}' AND AccountId = '${id}'`)),
  ];
  await ask(`PATCH /sobjects/Account/${id}`, { LastName: "Neu", PersonEmail: "neu@example.org" });
  expect(await names()).toMatchObject([{ Name: "Neu" }, { Name: "Neu" }]);
  await ask(`PATCH /sobjects/Contact/${contact}`, { FirstName: "Nina" });
  expect(await names()).toMatchObject([{ Name: "Nina Neu" }, { Name: "Nina Neu" }]);
  await ask(`DELETE /sobjects/Account/${id}`);
  expect(await names()).toEqual([]);
  await fetch(`${place.url}/sandbox/undelete`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ object: "Account", id }),
  });
  expect(await names()).toMatchObject([{ Name: "Nina Neu" }, { Name: "Nina Neu" }]);
});

test("companies stay as they were, and what belongs to the other kind is refused", async () => {
  const company = await create("Account", { Name: "Nordlicht GmbH" });
  expect(await rows(`SELECT IsPersonAccount, PersonContactId FROM Account WHERE Id = '${company}'`)).toMatchObject([
    { IsPersonAccount: false, PersonContactId: null },
  ]);
  const { id, contact } = await person({ LastName: "Zweifel" });
  const badName = { status: 400, body: [{ errorCode: "INVALID_FIELD_FOR_INSERT_UPDATE" }] };
  expect(await ask("POST /sobjects/Account", { Name: "Zweifel", LastName: "Zweifel" })).toMatchObject(badName);
  expect(await ask(`PATCH /sobjects/Account/${id}`, { Name: "Zweifel GmbH" })).toMatchObject(badName);
  expect(await ask(`PATCH /sobjects/Account/${company}`, { LastName: "Nordlicht" })).toMatchObject(badName);
  const denied = { body: [{ errorCode: "INSUFFICIENT_ACCESS_OR_READONLY" }] };
  expect(await ask("POST /sobjects/Contact", { LastName: "Anders", AccountId: id })).toMatchObject(denied);
  expect(await ask(`PATCH /sobjects/Contact/${contact}`, { AccountId: company })).toMatchObject(denied);
  expect(await ask(`DELETE /sobjects/Contact/${contact}`)).toMatchObject(denied);
  const { store } = place.org;
  const by = store.actors().find(({ username }) => username === "ada@nordwind.example");
  if (by === undefined) throw new Error("The org has no administrator");
  expect(() => {
    store.merge(by, { object: "Account", master: company, losers: [id] });
  }).toThrow("cannot merge person accounts");
});
