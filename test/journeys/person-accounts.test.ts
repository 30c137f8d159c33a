import { openBrowser, type OpenBrowser } from "../browser.ts";
import { openCustomerMetadata, recordType } from "../fakes/customer-metadata.ts";
import { findId, type CrmRow, type CrmUser } from "./crm-user.ts";
import type { NetworkUser } from "./network-user.ts";
import { openWorld, waitFor, type World } from "./world.ts";

// A customer that sells to people: their Accounts are persons.

const SHOWN_MS = 20_000;
const SECRET_WORD = "turquoise";

let customer: Awaited<ReturnType<typeof openCustomerMetadata>>;
let world: World;
let browser: OpenBrowser;
let ada: CrmUser;

beforeAll(async () => {
  customer = await openCustomerMetadata(recordType("PersonAccount", "PersonAccount"));
  world = await openWorld({ console: true, customer: [customer.path] });
  ada = world.crmUser("ada");
  browser = await openBrowser();
}, 240_000);
afterAll(async () => {
  await browser[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
  await customer[Symbol.asyncDispose]();
});

interface PersonAccount {
  readonly id: string;
  readonly contact: string;
}

async function personAccount(fields: Readonly<Record<string, unknown>>): Promise<PersonAccount> {
  const id = await ada.create("Account", fields);
  return { id, contact: await findId(ada, `SELECT Id FROM Contact WHERE AccountId = '${id}'`) };
}

const caseOf = ({ handle }: NetworkUser) =>
  waitFor(`the Case of ${handle}`, async () => {
    const fields = "Id, Subject, Description, ContactId, AccountId, Social_Persona__c";
    return (await ada.query(`SELECT ${fields} FROM Case WHERE Social_Persona__r.Handle__c LIKE '${handle}@%'`))[0];
  });

async function identityOf({ handle }: NetworkUser): Promise<CrmRow | undefined> {
  const fields = "Id, Identity__c, Contact__c, Account__c";
  return (await ada.query(`SELECT ${fields} FROM Social_Persona__c WHERE Handle__c LIKE '${handle}@%'`))[0];
}

const postsOn = (account: string) =>
  ada.query(`SELECT Id, Text__c FROM Social_Post__c WHERE Account__c = '${account}'`);

async function seesOnPage(account: string, words: string): Promise<void> {
  const page = await browser.newPage();
  page.setDefaultTimeout(SHOWN_MS);
  await page.goto(`${world.sandbox.orgUrl}/lightning/r/Account/${account}/view?user=rita`);
  await page.locator("c-social-timeline c-social-post").filter({ hasText: words }).waitFor();
  await page.close();
}

test("a person account's handle links its persona, the Case stands on both, and what is deleted leaves it", async () => {
  const handle = "petra_privat";
  const { id, contact } = await personAccount({
    ...{ FirstName: "Petra", LastName: "Privat", Mastodon__pc: `${handle}@nordwind.social` },
  });
  const petra = await world.person(handle);
  const post = await petra.post(`@nordwind where is my ${SECRET_WORD} bag?`);
  expect(await caseOf(petra)).toMatchObject({ ContactId: contact, AccountId: id });
  expect(await identityOf(petra)).toMatchObject({ Identity__c: "Linked", Contact__c: contact, Account__c: id });
  const tasks = () => ada.query(`SELECT Id, Subject, Description FROM Task WHERE WhoId = '${contact}'`);
  await waitFor("the Task", async () => (await tasks()).length === 1);
  await seesOnPage(id, SECRET_WORD);

  await petra.remove(post);
  await waitFor("the words to be gone", async () => {
    const rows = [await caseOf(petra), ...(await postsOn(id)), ...(await tasks())];
    return !JSON.stringify(rows).includes(SECRET_WORD);
  });
}, 120_000);

test("linked by hand to the Account alone, the Account shows what the person says, and the Case has no Contact", async () => {
  const { id } = await personAccount({ LastName: "Quandt" });
  const quentin = await world.person("quentin_q");
  await quentin.post("@nordwind where do I find my invoice?");
  const { Id: persona } = await waitFor("the persona", () => identityOf(quentin));
  await ada.update("Social_Persona__c", persona, {
    ...{ Account__c: id, Identity__c: "Linked", Identity_Decided_By__c: "Ada Admin" },
  });
  await quentin.post("@nordwind and where is the second one?");
  await waitFor("both posts on the Account", async () => (await postsOn(id)).length === 2);
  expect(await caseOf(quentin)).toMatchObject({ ContactId: null });
  await seesOnPage(id, "where is the second one?");
}, 120_000);
