import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { openExampleOrg, type ExampleOrg } from "../../test/example-org.ts";
import type { AppAnswer, ListAnswer, PageLayout, RecordPageAnswer, SessionAnswer } from "./contract.ts";
import { consoleApp } from "./index.ts";

let example: ExampleOrg;
let forceApp: string;

beforeEach(async () => {
  example = await openExampleOrg();
  forceApp = await fs.mkdtemp(path.join(os.tmpdir(), "earshot-force-app-"));
  await fs.cp("force-app/main/default", forceApp, { recursive: true, filter: (file) => !file.includes("__tests__") });
  example.org.app.use(consoleApp({ org: example.org, forceApp, builtDir: forceApp }));
});

afterEach(async () => {
  await example[Symbol.asyncDispose]();
  await fs.rm(forceApp, { recursive: true, force: true });
});

async function read<T>(who: string, place: string): Promise<T> {
  const headers = { Cookie: `earshot_user=${who}@nordwind.example` };
  const answer = await fetch(`${example.url}/console/${place}`, { headers });
  expect([place, answer.status]).toEqual([place, 200]);
  return (await answer.json()) as T;
}

describe("signing in", () => {
  const cookiesOf = (answer: Response): string[] => answer.headers.getSetCookie();

  test("makes a newcomer Rita, with a session that scripts cannot read", async () => {
    const answer = await fetch(`${example.url}/`);
    expect(answer.status).toBe(200);
    const session = cookiesOf(answer).find((cookie) => cookie.startsWith("sid="));
    expect(session).toMatch(/; HttpOnly/);
    expect(session).toMatch(/; SameSite=Lax/);
    expect((await read<SessionAnswer>("nobody", "session")).name).toBe("Rita Rep");
  });

  test("grants the wish in the address once, and goes on without it", async () => {
    const place = "/lightning/o/Case/list?filterName=Social_Cases";
    const answer = await fetch(`${example.url}${place}&user=sam`, { redirect: "manual" });
    expect(answer.status).toBe(302);
    expect(answer.headers.get("location")).toBe(place);
    expect(cookiesOf(answer).join()).toContain("earshot_user=sam%40nordwind.example");
  });

  test("the session's cookie alone changes nothing: another site's page cannot send the header", async () => {
    const cookie = cookiesOf(await fetch(`${example.url}/`)).map((one) => one.split(";")[0]);
    const change = (headers: Readonly<Record<string, string>>): Promise<Response> =>
      fetch(`${example.url}/services/data/v66.0/ui-api/records/${example.caseId}`, {
        method: "PATCH",
        headers: { Cookie: cookie.join("; "), "Content-Type": "application/json", ...headers },
        body: JSON.stringify({ fields: { Priority: "Low" } }),
      });
    expect((await change({})).status).toBe(401);
    expect((await change({ "X-Requested-With": "XMLHttpRequest" })).status).toBe(200);
  });

  test("tells who one is and may be", async () => {
    const session = await read<SessionAnswer>("ada", "session");
    expect(session).toMatchObject({ username: "ada@nordwind.example", isAdmin: true });
    const people = ["Ada Admin", "Cora Coordinator", "Nora New", "Rita Rep", "Sam Sales"];
    expect(session.users.map(({ name }) => name)).toEqual(people);
  });
});

test("every answer carries the content security policy of an org", async () => {
  for (const place of [
    "/",
    "/lightning/n/Social_Inbox",
    "/console/app",
    "/console/console.css",
    "/console/styles/base.css",
  ]) {
    const answer = await fetch(`${example.url}${place}`);
    const policy = answer.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'self'");
    expect(await answer.text()).not.toMatch(/<script(?![^>]*\bsrc=)/);
  }
});

describe("the app", () => {
  test("has the tabs of its metadata that the user may open", async () => {
    const rita = await read<AppAnswer>("rita", "app");
    expect(rita.label).toBe("Earshot");
    expect(rita.tabs.map(({ url }) => url)).toEqual(
      expect.arrayContaining([
        "/lightning/n/Social_Inbox",
        "/lightning/o/Case/list",
        "/lightning/o/Social_Post__c/list",
      ]),
    );
    const nora = await read<AppAnswer>("nora", "app");
    expect(nora.tabs.map(({ url }) => url)).not.toContain("/lightning/o/Social_Post__c/list");
  });

  test("shows the page of a tab", async () => {
    const { regions } = await read<PageLayout>("rita", "tab/Social_Inbox");
    expect(regions.flatMap(({ items }) => items)).toContainEqual(expect.objectContaining({ name: "c:socialInbox" }));
  });

  test("a tab that is not there is a 404", async () => {
    expect((await fetch(`${example.url}/console/tab/Nowhere`)).status).toBe(404);
  });
});

describe("a record page", () => {
  const componentsOf = ({ page }: RecordPageAnswer): string[] =>
    page.regions.flatMap(({ items }) => items.flatMap((item) => (item.kind === "component" ? [item.name] : [])));

  test("is what the app says for the object, by the object's name or by a record of it", async () => {
    const page = await read<RecordPageAnswer>("rita", "record-page/Case");
    expect(componentsOf(page).filter((name) => !name.startsWith("flexipage:"))).toEqual([
      "force:highlightsPanel",
      "c:socialTimeline",
      "c:socialReply",
      "c:socialClock",
      "c:socialIdentity",
      "force:detailPanel",
    ]);
    expect(page).toMatchObject({ label: "Case", nameField: "CaseNumber", closedStatus: "Closed" });
    expect(await read<RecordPageAnswer>("rita", `record-page/${example.caseId}`)).toEqual(page);
  });

  test("follows its file at the next load", async () => {
    const file = path.join(forceApp, "flexipages/Social_Case_Page.flexipage-meta.xml");
    const text = await fs.readFile(file, "utf8");
    await fs.writeFile(file, text.replace("c:socialReply", "c:somethingElse"));
    const page = await read<RecordPageAnswer>("rita", "record-page/Case");
    expect(componentsOf(page)).toContain("c:somethingElse");
  });

  test("of an object without one has highlights and details", async () => {
    const page = await read<RecordPageAnswer>("rita", "record-page/Social_Persona__c");
    expect(componentsOf(page)).toEqual(["force:highlightsPanel", "force:detailPanel"]);
  });

  test("hides fields from those who may not see them, and makes none editable that the layout or the rights forbid", async () => {
    const [rita, sam] = await Promise.all(
      ["rita", "sam"].map((who) => read<RecordPageAnswer>(who, "record-page/Social_Post__c")),
    );
    expect(rita?.fields).toHaveProperty("Private_Text__c");
    expect(sam?.fields).not.toHaveProperty("Private_Text__c");
    expect(rita?.fields["Text__c"]?.isEditable).toBe(false);
    const page = await read<RecordPageAnswer>("rita", "record-page/Case");
    expect(page.fields["Status"]).toMatchObject({ isEditable: true, type: "picklist" });
    expect(page.fields["CaseNumber"]?.isEditable).toBe(false);
    expect(page.fields["ContactId"]).toMatchObject({
      label: "Contact",
      parentName: "Contact.Name",
      parentObject: "Contact",
    });
  });

  test("of an object that is hidden from the user is a 404", async () => {
    const headers = { Cookie: "earshot_user=nora@nordwind.example" };
    expect((await fetch(`${example.url}/console/record-page/Social_Post__c`, { headers })).status).toBe(404);
  });
});

describe("a list", () => {
  test("shows the columns and rows of the list view", async () => {
    const list = await read<ListAnswer>("rita", "list/Case?view=Social_Cases");
    const at = (path: string): unknown =>
      list.rows[0]?.values[list.columns.findIndex((column) => column.path === path)];
    expect(list).toMatchObject({ label: "Cases", view: "Social_Cases" });
    expect(list.rows.map(({ id }) => id)).toEqual([example.caseId]);
    expect([at("Subject"), at("Contact.Name"), at("Owner.Name")]).toEqual([
      "My bag never arrived in Oslo",
      "Anna Berg",
      "Rita Rep",
    ]);
  });

  test("mine are mine, and a closed Case leaves", async () => {
    const ids = async (who: string): Promise<string[]> =>
      (await read<ListAnswer>(who, "list/Case?view=My_Social_Cases")).rows.map(({ id }) => id);
    expect(await ids("rita")).toEqual([example.caseId]);
    expect(await ids("sam")).toEqual([]);
    await example.call("rita", "PATCH", `/ui-api/records/${example.caseId}`, { fields: { Status: "Closed" } });
    expect(await ids("rita")).toEqual([]);
  });

  test("of an object without list views shows everything, without columns that are hidden from the user", async () => {
    const list = await read<ListAnswer>("nora", "list/Contact");
    expect(list.view).toBe("All");
    expect(list.columns[0]?.path).toBe("Name");
    expect(list.rows.map(({ id }) => id)).toEqual([example.contactId]);
    const cases = await read<ListAnswer>("nora", "list/Case?view=Social_Cases");
    expect(cases.columns.map(({ path: column }) => column)).not.toContain("Social_Persona__r.Name");
  });

  test("every list view of force-app can be shown", async () => {
    for (const object of [
      "Case",
      "Contact",
      "Lead",
      "Social_Account__c",
      "Social_Persona__c",
      "Social_Post__c",
      "Social_Reply__c",
    ]) {
      const { views } = await read<ListAnswer>("rita", `list/${object}`);
      for (const { name } of views) {
        const list = await read<ListAnswer>("rita", `list/${object}?view=${name}`);
        expect([object, list.view, list.columns.length > 1]).toEqual([object, name, true]);
      }
    }
  });
});
