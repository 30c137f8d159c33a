import { people } from "../../sandbox/org/seed/people.ts";
import { readMetadata } from "../../sandbox/org/metadata/index.ts";
import { sourceFolders, type Who } from "../../sandbox/org/testing/open-test-org.ts";
import { openCustomerMetadata } from "../fakes/customer-metadata.ts";
import { openGuardedOrg, type GuardedOrg } from "./guarded-org.ts";

const SOURCE_CLASSES =
  readMetadata(sourceFolders)
    .schema.object("Social_Post__c")
    ?.field("Source_Class__c")
    ?.picklist?.values.map(({ value }) => value) ?? [];
const role = (file: string, name: string) => ({
  file: `roles/${file}.role-meta.xml`,
  xml: `<Role><name>${name}</name></Role>`,
});

/** Rita has the role PR Team, nora none; both may write replies. Ada's profile is System Administrator. */
let customer: Awaited<ReturnType<typeof openCustomerMetadata>>;
let place: Pick<Parameters<typeof openGuardedOrg>[1] & object, "metadata" | "people">;
beforeAll(async () => {
  customer = await openCustomerMetadata(role("PR_Team", "PR Team"), role("PR", "PR"));
  const changes: Record<string, object> = {
    "rita@nordwind.example": { role: "PR_Team" },
    "nora@nordwind.example": { permissionSets: ["Social_Rep"] },
  };
  place = {
    metadata: [...sourceFolders, customer.path],
    people: people.map((person) => ({ ...person, ...changes[person.username] })),
  };
});
afterAll(() => customer[Symbol.asyncDispose]());

describe("a reply through an account that says who may answer", () => {
  let org: GuardedOrg;
  beforeAll(async () => (org = await openGuardedOrg("Social_Reply__c", place)));
  afterAll(() => org[Symbol.asyncDispose]());
  let made = 0;

  function words(Publishers__c: string | null, Source_Class__c: string | null) {
    made += 1;
    const named = { External_Key__c: `${made}`, Visibility__c: "public" };
    const account = org.create("ada", "Social_Account__c", { External_Key__c: `${made}`, Publishers__c });
    return {
      Post__c: org.create("connector", "Social_Post__c", { ...named, Source_Class__c }),
      Social_Account__c: account,
      Text__c: "We are on it.",
      Route__c: "Public reply",
    };
  }
  const queue = (who: Who, publishers: string | null, sourceClass: string | null) => {
    const reply = words(publishers, sourceClass);
    return org.against(() => org.create(who, "Social_Reply__c", { ...reply, Status__c: "Queued" }));
  };

  test.each<[Who, string | null, string | null]>([
    ["rita", null, "news"],
    ["rita", "PR Team", "news"],
    ["rita", "PR Team", null],
    ["rita", "Support; PR Team", "microblog"],
    ["rita", "Support;news:PR Team", "news"],
    ["rita", " support ; NEWS :  pr team ; ", "news"],
    ["rita", "Support; news: Press; news: PR Team", "news"],
    ["rita", "PR Team; news: Press", "review"],
    ["nora", "Support; Standard User", "news"],
    ["nora", "PR Team; review: standard user", "review"],
    ["ada", "System Administrator", "news"],
  ])("is queued by %s where it says %j, to a post of %j", (who, publishers, sourceClass) => {
    expect(queue(who, publishers, sourceClass)).toBeUndefined();
  });

  test.each<[Who, string, string | null]>([
    ["rita", "Support", "news"],
    ["rita", "PR", "news"],
    ["rita", "PR Teams", "news"],
    ["rita", "PR Team; news: Press", "news"],
    ["rita", "news: PR Team", "microblog"],
    ["rita", "news: PR Team", null],
    ["rita", ";", "news"],
    ["nora", "PR Team;; news: PR Team;", "review"],
    ["nora", "PR Team;; news: ;", "news"],
    ["ada", "PR Team", "news"],
  ])("is not queued by %s where it says %j, to a post of %j", (who, publishers, sourceClass) => {
    expect(queue(who, publishers, sourceClass)).toBe("Only_Publishers_Queue");
  });

  test("is drafted by anybody, queued by one of those, and the connector's from there", () => {
    const reply = { ...words("news: PR Team", "news"), Status__c: "Draft" };
    const id = org.create("nora", "Social_Reply__c", reply);
    expect(org.against(() => org.set("nora", id, { Text__c: "Better words." }))).toBeUndefined();
    expect(org.against(() => org.set("nora", id, { Status__c: "Pending approval" }))).toBeUndefined();
    expect(org.against(() => org.set("nora", id, { Status__c: "Queued" }))).toBe("Only_Publishers_Queue");
    expect(org.against(() => org.set("rita", id, { Status__c: "Queued" }))).toBeUndefined();
    for (const Status__c of ["Sending", "Failed"]) {
      expect(org.against(() => org.set("connector", id, { Status__c }))).toBeUndefined();
    }
    expect(org.against(() => org.set("nora", id, { Decision__c: "Retry" }))).toBeUndefined();
  });

  test("is sent though the account names others since it was queued", () => {
    const reply = words(null, "news");
    const id = org.create("rita", "Social_Reply__c", { ...reply, Status__c: "Queued" });
    org.setRow("ada", "Social_Account__c", reply.Social_Account__c, { Publishers__c: "Press" });
    expect(org.against(() => org.set("connector", id, { Status__c: "Sending" }))).toBeUndefined();
  });
});

describe("who may answer through an account", () => {
  let org: GuardedOrg;
  beforeAll(async () => (org = await openGuardedOrg("Social_Account__c", place)));
  afterAll(() => org[Symbol.asyncDispose]());
  const write = (Publishers__c: string) =>
    org.against(() => org.create("ada", "Social_Account__c", { External_Key__c: Publishers__c, Publishers__c }));

  test("is said for each source class that posts have", () => {
    expect(SOURCE_CLASSES).toContain("news");
    for (const sourceClass of SOURCE_CLASSES) expect(write(`Support; ${sourceClass}: PR Team`)).toBeUndefined();
  });

  test.each(["blog: PR Team", "Support; news, review: PR Team", "news: review: PR Team", "PR: news", ": Support"])(
    "is refused as %j, for there is no such class",
    (publishers) => {
      expect(write(publishers)).toBe("Publishers_Name_Known_Sources");
    },
  );

  test("is an admin's to change, and holds the connector's report up in no way", () => {
    const id = org.create("connector", "Social_Account__c", { External_Key__c: "whose", Turn__c: 1 });
    for (const who of ["rita", "cora"] as const) {
      expect(org.refusal(() => org.set(who, id, { Publishers__c: "Standard User" }))).toMatch(/insufficient access/i);
    }
    expect(org.against(() => org.set("ada", id, { Publishers__c: "review: PR Team" }))).toBeUndefined();
    expect(org.against(() => org.set("connector", id, { Turn__c: 2, Health__c: "Connected" }))).toBeUndefined();
  });
});
