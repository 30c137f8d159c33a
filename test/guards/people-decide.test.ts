import { openGuardedOrg, type GuardedOrg } from "./guarded-org.ts";

let personas: GuardedOrg;
let posts: GuardedOrg;
let tasks: GuardedOrg;
beforeAll(async () => {
  personas = await openGuardedOrg("Social_Persona__c");
  posts = await openGuardedOrg("Social_Post__c");
  tasks = await openGuardedOrg("Task");
});
afterAll(async () => {
  for (const org of [personas, posts, tasks]) await org[Symbol.asyncDispose]();
});

const contact = (org: GuardedOrg, LastName: string) => org.create("ada", "Contact", { LastName });
const signed = { Identity__c: "Linked", Identity_Decided_By__c: "Rita Rep" };

describe("what a person decided", () => {
  test("a rep says who a persona is, and signs it", () => {
    const id = personas.create("connector", "Social_Persona__c", { External_Key__c: "rep" });
    const anna = contact(personas, "Anna");
    expect(personas.against(() => personas.set("rita", id, { Contact__c: anna }))).toBe("People_Sign_Their_Decision");
    expect(personas.against(() => personas.set("rita", id, { Identity__c: "Suggested" }))).toBe(
      "People_Sign_Their_Decision",
    );
    expect(personas.against(() => personas.set("rita", id, { Contact__c: anna, ...signed }))).toBeUndefined();
    expect(() => personas.set("rita", id, { Handle__c: "another" })).toThrow(/INVALID_FIELD|Unable to create\/update/);
  });

  test("the Contact of a Lead that a person chose comes beside it, no other one does", () => {
    const lead = personas.create("ada", "Lead", { LastName: "Berg", Company: "Berg" });
    const id = personas.create("connector", "Social_Persona__c", { External_Key__c: "lead" });
    personas.set("rita", id, { Lead__c: lead, ...signed });
    const became = personas.convert(lead);
    expect(personas.against(() => personas.set("connector", id, { Contact__c: contact(personas, "Other") }))).toBe(
      "Person_Decided_Link_Stays",
    );
    const links = { Contact__c: became.contact, Account__c: became.account };
    expect(personas.against(() => personas.set("connector", id, links))).toBeUndefined();
  });

  test("labels are the connector's at birth, and a person's ever after", () => {
    const id = posts.create("connector", "Social_Post__c", { External_Key__c: "labels", Sentiment__c: "negative" });
    expect(
      posts.against(() => posts.set("rita", id, { Sentiment__c: "mixed", Needs_Response__c: true })),
    ).toBeUndefined();
    for (const label of [{ Sentiment__c: "negative" }, { Needs_Response__c: false }, { Topics__c: "seats" }]) {
      expect(posts.against(() => posts.set("connector", id, label))).toBe("Connector_Labels_Once");
    }
    expect(posts.against(() => posts.set("connector", id, { Sentiment__c: "mixed" }))).toBeUndefined();
  });

  test("a post stands with nobody but whom its persona stands for", () => {
    const [anna, bert] = [contact(posts, "Anna"), contact(posts, "Bert")];
    const persona = posts.create("connector", "Social_Persona__c", { External_Key__c: "who", Contact__c: anna });
    const found = { External_Key__c: "found", Persona__c: persona, Contact__c: anna };
    const id = posts.create("connector", "Social_Post__c", found);
    expect(posts.against(() => posts.set("connector", id, { Contact__c: bert }))).toBe("Connector_Follows_The_Persona");
    expect(posts.against(() => posts.set("connector", id, { Contact__c: null }))).toBe("Connector_Follows_The_Persona");

    // As the link of our own finding is written after the post, a post may be born before it; not against a person's word.
    const anew = { Persona__c: persona, Contact__c: bert };
    const born = (key: string) => posts.create("connector", "Social_Post__c", { ...anew, External_Key__c: key });
    expect(posts.against(() => born("early"))).toBeUndefined();
    posts.setRow("rita", "Social_Persona__c", persona, { Identity_Decided_By__c: "Rita Rep", Identity__c: "Linked" });
    expect(posts.against(() => born("late"))).toBe("Connector_Follows_The_Persona");
  });

  test("an activity is taken from whom the connector saw there, not from somebody else", () => {
    const [anna, bert, carla] = ["Anna", "Bert", "Carla"].map((name) => contact(tasks, name));
    const id = tasks.create("connector", "Task", {
      ...{ Social_Post_Key__c: "taken", Social_Post_Version__c: 1, WhoId: anna },
      ...{ Subject: "Social post by @anna: words", Description: "words", Social_Excerpt_Length__c: 5 },
    });
    const give = (from: string | undefined, to: string | undefined) => () =>
      tasks.set("connector", id, { WhoId: to, ...(from === undefined ? {} : { Social_Taken_From__c: from }) });
    expect(tasks.against(give(undefined, bert))).toBe("Connector_Takes_From_Whom_It_Saw");
    expect(tasks.against(give(anna, bert))).toBeUndefined();
    expect(tasks.against(give(anna, carla))).toBe("Connector_Takes_From_Whom_It_Saw");
    expect(tasks.against(give(undefined, anna))).toBe("Connector_Takes_From_Whom_It_Saw");
    expect(tasks.against(() => tasks.set("rita", id, { WhoId: carla }))).toBeUndefined();
  });
});
