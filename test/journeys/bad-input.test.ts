import { quoted } from "../../connector/crm/salesforce/soql.ts";
import type { CrmRow, CrmUser } from "./crm-user.ts";
import { openWorld, waitFor, type World } from "./world.ts";

const MEGABYTE = 1024 * 1024;

let world: World;
let rita: CrmUser;

beforeAll(async () => {
  world = await openWorld({ textLimit: 2 * MEGABYTE });
  rita = world.crmUser("rita");
}, 60_000);
afterAll(() => world[Symbol.asyncDispose]());

let people = 0;

/** Somebody who calls themselves so. */
async function personCalled(display: string): ReturnType<World["person"]> {
  people += 1;
  const handle = `odd_${people}`;
  await fetch(`${world.sandbox.networkUrl}/sandbox/accounts`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ handle, display }),
  });
  return await world.person(handle);
}

/** What the rep sees of somebody's post, as soon as it is there. */
async function recorded(handle: string): Promise<CrmRow> {
  const fields = "Id, Text__c, Excerpt__c, Case__r.Subject, Case__r.Description, Persona__r.Display_Name__c";
  return await waitFor(
    `the post of ${handle}`,
    async () =>
      (
        await rita.query(
          `SELECT ${fields} FROM Social_Post__c WHERE Persona__r.Handle__c = ${quoted(`${handle}@nordwind.social`)} AND Case__c != null`,
        )
      )[0],
  );
}

async function parkedCount(): Promise<number> {
  const metrics = await (await fetch(`${world.connector.url}/metrics`)).text();
  return Number(/^earshot_parked\{log="posts"\} (\d+)/m.exec(metrics)?.[1] ?? 0);
}

/** An ordinary post goes through as ever, and nothing was parked on the way. */
async function expectTheRestGoesOn(): Promise<void> {
  const person = await personCalled("Anna Ordinary");
  await person.post("@nordwind where is my bag, please?");
  expect((await recorded(person.handle))["Text__c"]).toContain("where is my bag");
  expect(await parkedCount()).toBe(0);
}

const zalgo = "w̸̢̛̭̗͚̲̏͐ḩ̵̛̹͕̈́̊̕ͅy̷̧̛̰̝̟̔̾̄ ".repeat(40);

test.each<readonly [string, string, RegExp]>([
  ["half characters", "why \ud800 is \udc00 my bag lost?", /why . is . my bag lost/u],
  ["words from right to left", "@nordwind לאן נעלמה המזוודה שלי? \u202Ereversed\u202C why?", /המזוודה/],
  ["zalgo", `why ${zalgo} is my bag lost?`, /is my bag lost/],
  ["control characters and NUL", "why\u0000 is\u0007 my\u001b[31m bag\u0085 lost?", /why is my\[31m bag lost/],
  [
    "markup",
    "why <script>alert(1)</script> & <b>bold</b> &amp; lost?",
    /<script>alert\(1\)<\/script> & <b>bold<\/b> &amp;/,
  ],
  ["a query", "why ' OR Name != '' LIMIT 1 -- \\' \" \\ lost?", /' OR Name != '' LIMIT 1 -- \\' " \\/],
  [
    "a template",
    "why {!$User.Id} ${process.env} %s {{7*7}} @{ref.id} lost?",
    /\{!\$User\.Id\} \$\{process\.env\} %s \{\{7\*7\}\} @\u2060?\{ref\.id\}/u,
  ],
  ["nothing but signs", "🧳❓😡😡😡", /🧳❓😡😡😡/u],
  ["a word without end", `why ${"a".repeat(20_000)}?`, /a{1000}/],
  ["thousands of names", `why ${"@someone ".repeat(3000)}?`, /@someone/],
  ["thousands of links", `why ${"https://example.com/x?y=1 ".repeat(2000)}?`, /example\.com/],
  ["brackets without end", `why ${"(".repeat(20_000)}${"[".repeat(20_000)}?`, /\({100}/],
])(
  "%s: a Case with the words, and the rest goes on",
  async (_name, text, seen) => {
    const person = await personCalled("Odd");
    await person.post(`@nordwind ${text}`);
    const row = await recorded(person.handle);
    expect(row["Text__c"]).toMatch(seen);
    expect(String(row["Text__c"]).isWellFormed()).toBe(true);
    await expectTheRestGoesOn();
  },
  30_000,
);

test("a post of a megabyte is kept as far as a row can hold it", async () => {
  const person = await personCalled("Long");
  const text = `@nordwind why is my bag lost? ${"All work and no play. ".repeat(MEGABYTE / 22)}`;
  expect(text.length).toBeGreaterThan(MEGABYTE - 100);
  await person.post(text);
  const row = await recorded(person.handle);
  expect(String(row["Text__c"])).toHaveLength(32_000);
  expect(String(row["Text__c"])).toMatch(/why is my bag lost\? All work.*…$/s);
  expect(String(row["Excerpt__c"])).toHaveLength(255);
  await expectTheRestGoesOn();
}, 60_000);

test.each<readonly [string, string, RegExp]>([
  ["300 characters", "x".repeat(300), /^x{254}…$/],
  ["300 emoji", "🧳".repeat(300), /^(?:🧳){127}…$/u],
  ["markup", "<img src=x onerror=alert(1)>", /^<img src=x onerror=alert\(1\)>$/],
  ["control characters", "Anna\u0000\u0007\nBerg\u202E", /^Anna\s?Berg/],
  ["half a character", "Anna \ud800", /^Anna ./u],
  ["a query", "O'Brien\\\" OR '1'='1", /^O'Brien\\" OR '1'='1$/],
  ["nothing", "", /^odd_\d+$/],
])("a name of %s is shown as it is, and the rest goes on", async (_name, display, seen) => {
  const person = await personCalled(display);
  await person.post("@nordwind why is my bag lost?");
  const row = await recorded(person.handle);
  expect(row["Persona__r"]).toMatchObject({ Display_Name__c: expect.stringMatching(seen) as string });
  const subject = String((row["Case__r"] as CrmRow)["Subject"]);
  expect(subject).toContain("why is my bag lost?");
  expect(subject).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  await expectTheRestGoesOn();
});

test("names that nobody has, in words of nobody's language, change no other post", async () => {
  const person = await personCalled("Echo");
  const first = await person.post("@nordwind why is my bag lost?");
  await recorded(person.handle);
  await person.edit(first, "@nordwind why \u0000\ud800<script>'\\ is it still lost?");
  await waitFor("the edit", async () => String((await recorded(person.handle))["Text__c"]).includes("still lost"));
  await expectTheRestGoesOn();
});
