import { readFileSync } from "node:fs";
import type { Values } from "../sandbox/org/store.ts";
import { openTestOrg, type TestOrg, type Who } from "../sandbox/org/testing/open-test-org.ts";

/** The validation rules of force-app, in the stand-in org that evaluates them. Each refusal is that rule's own sentence. */
function sentenceOf(rule: string): string {
  const source = readFileSync(
    `force-app/main/default/objects/${rule.replace(".", "/validationRules/")}.validationRule-meta.xml`,
    "utf8",
  );
  return /<errorMessage>(.*)<\/errorMessage>/.exec(source)?.[1] ?? "(the rule has no message)";
}

let test_: TestOrg;
let ids: Readonly<Record<"account" | "listenOnly" | "post" | "message", string>>;
beforeAll(async () => {
  test_ = await openTestOrg();
  const account = create("connector", "Social_Account__c", {
    External_Key__c: "a1",
    Network__c: "mastodon",
    Mode__c: "Engage",
  });
  const listenOnly = create("connector", "Social_Account__c", {
    External_Key__c: "a2",
    Network__c: "x",
    Mode__c: "Listen only",
  });
  const post = create("connector", "Social_Post__c", {
    External_Key__c: "p1",
    Version__c: 0,
    Visibility__c: "public",
    Text__c: "Hello",
  });
  const message = create("connector", "Social_Post__c", {
    External_Key__c: "p2",
    Visibility__c: "private",
    Private_Text__c: "Psst",
  });
  ids = { account, listenOnly, post, message };
});
afterAll(() => test_[Symbol.asyncDispose]());

function create(who: Who, object: string, values: Values): string {
  return test_.org.store.create(actor(who), object, values);
}

function update(who: Who, object: string, id: string, values: Values): void {
  test_.org.store.update(actor(who), object, id, values);
}

function actor(who: Who) {
  const found = test_.org.store.actor(`${who}@nordwind.example`);
  if (found === undefined) throw new Error(`There is no ${who}`);
  return found;
}

/** The rule by which a write is refused; undefined where it is not. Any other refusal is an error. */
function ruleAgainst(rules: readonly string[], write: () => void): string | undefined {
  try {
    write();
    return undefined;
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const rule = rules.find((name) => said.includes(sentenceOf(name)));
    if (rule === undefined) throw error;
    return rule;
  }
}

describe("a reply", () => {
  const rules = [
    "Attempt_Never_Falls",
    "Connector_Goes_Step_By_Step",
    "Decision_Fits_Status",
    "Listen_Only_Takes_No_Reply",
    "Only_Connector_Reports",
    "People_Decide",
    "People_Queue_Connector_Sends",
    "Private_Is_Answered_In_Private",
    "Queued_Is_Complete",
    "Queued_Is_Fixed",
    "Starts_As_Draft_Or_Queued",
  ].map((name) => `Social_Reply__c.${name}`);
  const against = (write: () => void) => ruleAgainst(rules, write)?.replace("Social_Reply__c.", "");
  const words = () => ({
    Post__c: ids.post,
    Social_Account__c: ids.account,
    Text__c: "We are on it.",
    Route__c: "Public reply",
  });
  const born = (values: Values = {}) =>
    create("rita", "Social_Reply__c", { ...words(), Status__c: "Queued", ...values });
  const set = (who: Who, id: string, values: Values) => update(who, "Social_Reply__c", id, values);
  /** A reply that has gone these steps by the connector's hand. */
  const at = (...statuses: readonly string[]) => {
    const id = born();
    for (const Status__c of statuses) set("connector", id, { Status__c });
    return id;
  };

  test.each(["Draft", "Pending approval", "Queued"])("may be born as %s", (Status__c) => {
    expect(against(() => born({ Status__c }))).toBeUndefined();
  });

  test.each(["Sending", "Checking", "Sent", "Failed"])("is never born as %s, not by an admin either", (Status__c) => {
    expect(against(() => born({ Status__c }))).toBe("Starts_As_Draft_Or_Queued");
    expect(against(() => create("ada", "Social_Reply__c", { ...words(), Status__c }))).toBe(
      "Starts_As_Draft_Or_Queued",
    );
  });

  test.each(["Text__c", "Post__c", "Social_Account__c"])("is not queued without %s", (field) => {
    expect(against(() => born({ [field]: null }))).toBe("Queued_Is_Complete");
    expect(against(() => born({ [field]: null, Status__c: "Draft" }))).toBeUndefined();
  });

  test("is a person's until it is queued, then nobody's to change", () => {
    const id = born({ Status__c: "Draft" });
    expect(against(() => set("rita", id, { Text__c: "Better words." }))).toBeUndefined();
    expect(against(() => set("rita", id, { Text__c: "Last words.", Status__c: "Queued" }))).toBeUndefined();
    for (const change of [
      { Text__c: "Other" },
      { Route__c: "Private message" },
      { Post__c: ids.message },
      { Social_Account__c: null },
    ]) {
      expect(against(() => set("rita", id, change))).toMatch(/Queued_Is/);
      expect(against(() => set("connector", id, change))).toMatch(/Queued_Is/);
    }
  });

  test.each(["Draft", "Sending", "Sent", "Failed"])("once queued is not made %s by a person", (Status__c) => {
    for (const who of ["rita", "ada"] as const) {
      expect(against(() => set(who, born(), { Status__c }))).toMatch(/People_Queue_Connector_Sends/);
    }
  });

  test.each([
    [["Sending"], "Sent"],
    [["Sending"], "Failed"],
    [["Sending"], "Checking"],
    [["Sending", "Checking"], "Sent"],
    [["Sending", "Checking"], "Failed"],
    [[], "Failed"],
  ])("goes on from %j to %s", (before, Status__c) => {
    expect(against(() => set("connector", at(...before), { Status__c }))).toBeUndefined();
  });

  test.each([
    [[], "Sent"],
    [["Sending"], "Queued"],
    [["Sending", "Sent"], "Sending"],
    [["Sending", "Sent"], "Failed"],
    [["Sending", "Failed"], "Sent"],
    [["Sending", "Failed"], "Sending"],
    [["Sending", "Checking"], "Sending"],
  ])("does not go from %j to %s, though the write come from the connector", (before, Status__c) => {
    expect(against(() => set("connector", at(...before), { Status__c }))).toBe("Connector_Goes_Step_By_Step");
  });

  test.each([
    ["Failed", "Retry"],
    ["Checking", "Send again"],
  ])("that is %s is sent once more where a person decided %s, as a new attempt", (status, Decision__c) => {
    const id = at("Sending", status);
    set("rita", id, { Decision__c });
    expect(against(() => set("connector", id, { Status__c: "Sending" }))).toBe("Connector_Goes_Step_By_Step");
    const claim = { Status__c: "Sending", Attempt__c: 2, Decision__c: null };
    expect(against(() => set("connector", id, claim))).toBeUndefined();
    expect(against(() => set("connector", id, claim))).toBeUndefined();
    expect(against(() => set("connector", id, { Status__c: "Failed", Attempt__c: 1 }))).toBe("Attempt_Never_Falls");
  });

  test.each([
    ["Queued", "Retry"],
    ["Queued", "Was sent"],
    ["Failed", "Was sent"],
    ["Checking", "Retry"],
  ])("that is %s leaves nothing to decide by %s", (status, Decision__c) => {
    const id = status === "Queued" ? born() : at("Sending", status);
    expect(against(() => set("rita", id, { Decision__c }))).toBe("Decision_Fits_Status");
  });

  test("is decided on by people, not by the connector", () => {
    const id = at("Sending", "Failed");
    expect(against(() => set("connector", id, { Decision__c: "Retry" }))).toBe("People_Decide");
  });

  test.each([
    { Attempt__c: 2 },
    { Sent_At__c: "2026-11-22T10:00:00Z" },
    { Sent_Post_Key__c: "k" },
    { Sent_Text__c: "t" },
    { Status_Detail__c: "d" },
  ])("has its result %j from the connector alone", (result) => {
    const id = born();
    expect(against(() => set("ada", id, result))).toBe("Only_Connector_Reports");
    expect(against(() => create("ada", "Social_Reply__c", { ...words(), Status__c: "Draft", ...result }))).toBe(
      "Only_Connector_Reports",
    );
    expect(against(() => set("connector", id, result))).toBeUndefined();
  });

  test("to a private message is private, as a draft already", () => {
    for (const Status__c of ["Draft", "Queued"]) {
      expect(against(() => born({ Post__c: ids.message, Status__c }))).toBe("Private_Is_Answered_In_Private");
    }
    expect(against(() => born({ Post__c: ids.message, Route__c: "Private message" }))).toBeUndefined();
  });

  test("does not leave through an account that only listens", () => {
    expect(against(() => born({ Social_Account__c: ids.listenOnly }))).toBe("Listen_Only_Takes_No_Reply");
  });
});

describe("a post", () => {
  const rules = ["Deleted_Post_Has_No_Text", "Deletion_Is_Final", "Only_Connector_Records", "Version_Never_Falls"];
  const against = (write: () => void) =>
    ruleAgainst(
      rules.map((name) => `Social_Post__c.${name}`),
      write,
    )?.replace("Social_Post__c.", "");
  const Deleted_At__c = "2026-11-22T10:00:00Z";
  const posted = (External_Key__c: string, values: Values = {}) =>
    create("connector", "Social_Post__c", { External_Key__c, Version__c: 5, Text__c: "Where is my bag?", ...values });
  const set = (who: Who, id: string, values: Values) => update(who, "Social_Post__c", id, values);

  test("takes a newer version and the same again, never an older one", () => {
    const id = posted("versions");
    expect(against(() => set("connector", id, { Version__c: 6, Text__c: "Found it." }))).toBeUndefined();
    expect(against(() => set("connector", id, { Version__c: 6, Text__c: "Found it." }))).toBeUndefined();
    expect(against(() => set("connector", id, { Version__c: 5, Text__c: "Where is my bag?" }))).toBe(
      "Version_Never_Falls",
    );
    expect(against(() => set("connector", id, { Version__c: null }))).toBe("Version_Never_Falls");
  });

  test.each(["Text__c", "Private_Text__c", "Excerpt__c", "Media__c"])(
    "that was deleted holds no %s, however late the write",
    (field) => {
      const id = posted(`gone-${field}`, { Text__c: null, [field]: "words" });
      expect(against(() => set("connector", id, { Deleted_At__c }))).toBe("Deleted_Post_Has_No_Text");
      expect(against(() => set("connector", id, { Deleted_At__c, [field]: null }))).toBeUndefined();
      expect(against(() => set("connector", id, { Version__c: 9, [field]: "words" }))).toBe("Deleted_Post_Has_No_Text");
      expect(against(() => set("connector", id, { Deleted_At__c: null, [field]: "words" }))).toBe("Deletion_Is_Final");
    },
  );

  test("is recorded by the connector alone; its labels a person may correct", () => {
    const id = posted("recorded");
    expect(against(() => create("ada", "Social_Post__c", { External_Key__c: "invented" }))).toBe(
      "Only_Connector_Records",
    );
    expect(against(() => set("ada", id, { Text__c: "I love you" }))).toBe("Only_Connector_Records");
    expect(against(() => set("ada", id, { Visibility__c: "public" }))).toBe("Only_Connector_Records");
    expect(against(() => set("ada", id, { Sentiment__c: "positive", Intent__c: "praise" }))).toBeUndefined();
  });
});

describe("a persona", () => {
  const rules = [
    "Connector_Fills_Empty_Links",
    "Connector_Never_Lowers_Identity",
    "People_Sign_Their_Decision",
    "Person_Decided_Link_Stays",
  ];
  const against = (write: () => void) =>
    ruleAgainst(
      rules.map((name) => `Social_Persona__c.${name}`),
      write,
    )?.replace("Social_Persona__c.", "");
  const contact = (LastName: string) => create("ada", "Contact", { LastName });
  const known = (External_Key__c: string, values: Values = {}) =>
    create("connector", "Social_Persona__c", { External_Key__c, ...values });
  const set = (who: Who, id: string, values: Values) => update(who, "Social_Persona__c", id, values);

  test("is linked by the connector where no link stands, and not otherwise", () => {
    const [anna, bert] = [contact("Anna"), contact("Bert")];
    const id = known("linked");
    expect(against(() => set("connector", id, { Contact__c: anna, Identity__c: "Linked" }))).toBeUndefined();
    expect(against(() => set("connector", id, { Contact__c: anna }))).toBeUndefined();
    expect(against(() => set("connector", id, { Contact__c: bert }))).toBe("Connector_Fills_Empty_Links");
    expect(against(() => set("connector", id, { Contact__c: null }))).toBe("Connector_Fills_Empty_Links");
  });

  test("whom a person unlinked stays unlinked", () => {
    const id = known("undone", {
      Contact__c: contact("Carla"),
      Identity__c: "Linked",
      Identity_Decided_By__c: "Earshot",
    });
    expect(against(() => set("ada", id, { Contact__c: null }))).toBe("People_Sign_Their_Decision");
    const undo = { Contact__c: null, Identity__c: "Anonymous", Identity_Decided_By__c: "Ada Admin" };
    expect(against(() => set("ada", id, undo))).toBeUndefined();
    for (const change of [
      { Contact__c: contact("Dora") },
      { Identity__c: "Suggested" },
      { Identity_Decided_By__c: "Earshot" },
    ]) {
      expect(against(() => set("connector", id, change))).toBe("Person_Decided_Link_Stays");
    }
    expect(against(() => set("connector", id, { Display_Name__c: "Carla, anew", Followers__c: 7 }))).toBeUndefined();
  });

  test.each([
    ["Linked", "Suggested"],
    ["Verified", "Linked"],
    ["Suggested", "Anonymous"],
  ])("who is %s does not become %s by a late write", (Identity__c, lower) => {
    const id = known(`late-${Identity__c}`, { Identity__c });
    expect(against(() => set("connector", id, { Identity__c: lower }))).toBe("Connector_Never_Lowers_Identity");
    expect(against(() => set("ada", id, { Identity__c: lower }))).toBeUndefined();
  });
});

describe("a case", () => {
  const rules = ["Connector_Fills_Empty_Contact", "Connector_Leaves_Owner_And_Priority"];
  const against = (write: () => void) =>
    ruleAgainst(
      rules.map((name) => `Case.${name}`),
      write,
    )?.replace("Case.", "");
  const set = (who: Who, id: string, values: Values) => update(who, "Case", id, values);

  test("keeps the contact it has; an empty one the connector fills", () => {
    const [anna, bert] = ["Anna", "Bert"].map((LastName) => create("ada", "Contact", { LastName }));
    const id = create("connector", "Case", { Subject: "Bag", Origin: "Social" });
    expect(against(() => set("connector", id, { ContactId: anna }))).toBeUndefined();
    expect(against(() => set("connector", id, { ContactId: bert }))).toBe("Connector_Fills_Empty_Contact");
    expect(against(() => set("rita", id, { ContactId: bert }))).toBeUndefined();
  });

  test("is born with owner and priority, which are people's from then on", () => {
    const id = create("connector", "Case", { Subject: "Bag", Priority: "High", OwnerId: actor("rita").id });
    expect(against(() => set("connector", id, { Priority: "Low" }))).toBe("Connector_Leaves_Owner_And_Priority");
    expect(against(() => set("connector", id, { OwnerId: actor("sam").id }))).toBe(
      "Connector_Leaves_Owner_And_Priority",
    );
    expect(against(() => set("connector", id, { Subject: "Deleted by its author", Priority: "High" }))).toBeUndefined();
    expect(against(() => set("rita", id, { Priority: "Low" }))).toBeUndefined();
  });
});
