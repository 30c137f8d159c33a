import type { Values } from "../../sandbox/org/store.ts";
import { openGuardedOrg, type GuardedOrg } from "./guarded-org.ts";

let org: GuardedOrg;
let ids: Readonly<Record<"account" | "other" | "listenOnly" | "post" | "otherPost" | "message", string>>;
beforeAll(async () => {
  org = await openGuardedOrg("Social_Reply__c");
  const account = (External_Key__c: string, Mode__c: string) =>
    org.create("connector", "Social_Account__c", { External_Key__c, Network__c: "mastodon", Mode__c });
  const post = (External_Key__c: string, Visibility__c: string) =>
    org.create("connector", "Social_Post__c", { External_Key__c, Visibility__c });
  ids = {
    account: account("ours", "Engage"),
    other: account("our other one", "Engage"),
    listenOnly: account("our ear", "Listen only"),
    post: post("said", "public"),
    otherPost: post("said too", "public"),
    message: post("whispered", "private"),
  };
});
afterAll(() => org[Symbol.asyncDispose]());

describe("a reply", () => {
  const words = () => ({
    Post__c: ids.post,
    Social_Account__c: ids.account,
    Text__c: "We are on it.",
    Route__c: "Public reply",
  });
  const whispered = { Text__c: null, Private_Text__c: "Your code is XK2P7Q.", Route__c: "Private message" };
  const born = (values: Values = {}) =>
    org.create("rita", "Social_Reply__c", { ...words(), Status__c: "Queued", ...values });
  /** A reply that has gone these steps by the connector's hand. */
  const at = (...statuses: readonly string[]) => {
    const id = born();
    for (const Status__c of statuses) org.set("connector", id, { Status__c });
    return id;
  };

  test.each(["Draft", "Pending approval", "Queued"])("may be born as %s", (Status__c) => {
    expect(org.against(() => born({ Status__c }))).toBeUndefined();
  });

  test.each(["Sending", "Checking", "Sent", "Failed"])("is never born as %s, not by an admin either", (Status__c) => {
    expect(org.against(() => born({ Status__c }))).toBe("Starts_As_Draft_Or_Queued");
    expect(org.against(() => org.create("ada", "Social_Reply__c", { ...words(), Status__c }))).toBe(
      "Starts_As_Draft_Or_Queued",
    );
  });

  test.each(["Text__c", "Post__c", "Social_Account__c"])("is not queued without %s", (field) => {
    expect(org.against(() => born({ [field]: null }))).toBe("Queued_Is_Complete");
    expect(org.against(() => born({ [field]: null, Status__c: "Draft" }))).toBeUndefined();
  });

  test("takes no new words once the author has deleted the post; the connector still cuts them out", () => {
    const Deleted_At__c = "2026-11-22T10:00:00Z";
    const said = { External_Key__c: "said and gone", Visibility__c: "public" };
    const gone = org.create("connector", "Social_Post__c", said);
    const draft = born({ Post__c: gone, Status__c: "Draft" });
    const beside = born({ Status__c: "Draft" });
    org.setRow("connector", "Social_Post__c", gone, { Deleted_At__c });
    const rule = "Deleted_Post_Takes_No_Words";
    for (const Status__c of ["Draft", "Pending approval", "Queued"])
      expect(org.against(() => born({ Post__c: gone, Status__c }))).toBe(rule);
    expect(org.against(() => born({ ...whispered, Post__c: gone, Status__c: "Draft" }))).toBe(rule);
    expect(org.against(() => org.set("rita", draft, { Text__c: "You wrote: where is my bag?" }))).toBe(rule);
    expect(org.against(() => org.set("ada", beside, { Post__c: gone }))).toBe(rule);
    expect(org.against(() => org.set("rita", draft, { Status__c: "Pending approval" }))).toBeUndefined();
    const Seen_Length__c = "We are on it.".length;
    expect(org.against(() => org.set("connector", draft, { Text__c: "[cut]", Seen_Length__c }))).toBeUndefined();
    expect(org.against(() => org.set("rita", draft, { Text__c: null }))).toBeUndefined();
  });

  test("is queued with private words alone", () => {
    expect(org.against(() => born(whispered))).toBeUndefined();
    expect(org.against(() => born({ ...whispered, Private_Text__c: null }))).toBe("Queued_Is_Complete");
  });

  test("has private words in their own field and public ones in theirs, as a draft already", () => {
    for (const Status__c of ["Draft", "Queued"]) {
      for (const wrong of [
        { ...whispered, Text__c: "Your code is XK2P7Q.", Private_Text__c: null },
        { ...whispered, Text__c: "Both" },
        { ...whispered, Route__c: "Public reply" },
        { ...whispered, Route__c: "Broadcast", Text__c: "Both" },
      ]) {
        expect(org.against(() => born({ ...wrong, Status__c }))).toBe("Private_Text_Has_Its_Field");
      }
    }
    const draft = born({ ...whispered, Status__c: "Draft" });
    expect(org.against(() => org.set("rita", draft, { Route__c: "Public reply" }))).toBe("Private_Text_Has_Its_Field");
    const inPublic = { Route__c: "Public reply", Text__c: "Please look into your mail.", Private_Text__c: null };
    expect(org.against(() => org.set("rita", draft, inPublic))).toBeUndefined();
  });

  test("in private is read by few, in public by all", async () => {
    const id = born(whispered);
    const read = (who: "rita" | "sam", field: string) =>
      org.as(who).query(`SELECT ${field} FROM Social_Reply__c WHERE Id = '${id}'`);
    expect(await read("rita", "Private_Text__c")).toMatchObject({
      records: [{ Private_Text__c: whispered.Private_Text__c }],
    });
    expect(await read("sam", "Text__c, Sent_Text__c")).toMatchObject({
      records: [{ Text__c: null, Sent_Text__c: null }],
    });
    await expect(read("sam", "Private_Text__c")).rejects.toMatchObject({ errorCode: "INVALID_FIELD" });
  });

  test("is a person's until it is queued, then nobody's to change", () => {
    const id = born({ Status__c: "Draft" });
    expect(org.against(() => org.set("rita", id, { Text__c: "Better words." }))).toBeUndefined();
    expect(org.against(() => org.set("rita", id, { Text__c: "Last words.", Status__c: "Queued" }))).toBeUndefined();
    for (const change of [
      { Text__c: "Other" },
      { Route__c: "Broadcast" },
      whispered,
      { Post__c: ids.otherPost },
      { Social_Account__c: ids.other },
    ]) {
      expect(org.against(() => org.set("rita", id, change))).toBe("Queued_Is_Fixed");
      const byConnector = org.refusal(() => org.set("connector", id, change));
      expect(byConnector).toMatch(/^Queued_Is_Fixed$|security settings of this field/);
    }
  });

  test("in private is fixed once it is queued, too", () => {
    const id = born(whispered);
    expect(org.against(() => org.set("rita", id, { Private_Text__c: "Other" }))).toBe("Queued_Is_Fixed");
  });

  test.each(["Draft", "Sending", "Sent", "Failed"])("once queued is not made %s by a person", (Status__c) => {
    for (const who of ["rita", "ada"] as const) {
      expect(org.against(() => org.set(who, born(), { Status__c }))).toBe("People_Queue_Connector_Sends");
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
    expect(org.against(() => org.set("connector", at(...before), { Status__c }))).toBeUndefined();
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
    expect(org.against(() => org.set("connector", at(...before), { Status__c }))).toBe("Connector_Goes_Step_By_Step");
  });

  test.each([
    ["Failed", "Retry"],
    ["Checking", "Send again"],
  ])("that is %s is sent once more where a person decided %s, as a new attempt", (status, Decision__c) => {
    const id = at("Sending", status);
    org.set("rita", id, { Decision__c });
    expect(org.against(() => org.set("connector", id, { Status__c: "Sending" }))).toBe("Connector_Goes_Step_By_Step");
    const claim = { Status__c: "Sending", Attempt__c: 2, Decision__c: null };
    expect(org.against(() => org.set("connector", id, claim))).toBeUndefined();
    expect(org.against(() => org.set("connector", id, claim))).toBeUndefined();
    expect(org.against(() => org.set("connector", id, { Status__c: "Failed", Attempt__c: 1 }))).toBe(
      "Attempt_Never_Falls",
    );
  });

  test.each([
    ["Queued", "Retry"],
    ["Queued", "Was sent"],
    ["Failed", "Was sent"],
    ["Checking", "Retry"],
  ])("that is %s leaves nothing to decide by %s", (status, Decision__c) => {
    const id = status === "Queued" ? born() : at("Sending", status);
    expect(org.against(() => org.set("rita", id, { Decision__c }))).toBe("Decision_Fits_Status");
  });

  test("that failed is retried by a colleague, who changes nothing else of it", () => {
    const id = org.create("ada", "Social_Reply__c", { ...words(), Status__c: "Queued" });
    for (const Status__c of ["Sending", "Failed"]) org.set("connector", id, { Status__c });
    expect(org.against(() => org.set("rita", id, { Text__c: "Mine" }))).toBe("Queued_Is_Fixed");
    expect(org.against(() => org.set("rita", id, { Decision__c: "Retry" }))).toBeUndefined();
  });

  test("loses words by the connector's hand where their author took them back", () => {
    const draft = born({ Status__c: "Draft", Text__c: "You wrote: secret." });
    const cut = { Text__c: "You wrote: …", Seen_Length__c: 18 };
    expect(org.against(() => org.set("connector", draft, cut))).toBeUndefined();
    org.set("rita", draft, { Text__c: "My own words, written meanwhile." });
    expect(org.against(() => org.set("connector", draft, cut))).toBe("Connector_Cuts_What_It_Read");

    for (const statuses of [
      ["Sending", "Failed"],
      ["Sending", "Sent"],
    ]) {
      const id = at(...statuses);
      expect(org.against(() => org.set("connector", id, { Text__c: "Other" }))).toBe("Queued_Is_Fixed");
      expect(org.against(() => org.set("rita", id, { Text__c: null }))).toBe("Queued_Is_Fixed");
      expect(org.against(() => org.set("connector", id, { Text__c: null }))).toBeUndefined();
    }
  });

  test("that was sent and erased gets no words back", () => {
    const id = at("Sending");
    const sent = { Status__c: "Sent", Sent_Text__c: "We are on it." };
    expect(org.against(() => org.set("connector", id, sent))).toBeUndefined();
    expect(org.against(() => org.set("connector", id, sent))).toBeUndefined();
    expect(org.against(() => org.set("connector", id, { Sent_Text__c: null }))).toBeUndefined();
    expect(org.against(() => org.set("connector", id, sent))).toBe("Erased_Words_Stay_Erased");
  });

  test("is decided on by people, not by the connector", () => {
    const id = at("Sending", "Failed");
    expect(org.against(() => org.set("connector", id, { Decision__c: "Retry" }))).toBe("People_Decide");
  });

  test.each([
    { Attempt__c: 2 },
    { Sent_At__c: "2026-11-22T10:00:00Z" },
    { Sent_Post_Key__c: "k" },
    { Sent_Text__c: "t" },
    { Status_Detail__c: "d" },
  ])("has its result %j from the connector alone", (result) => {
    const id = born();
    expect(org.against(() => org.set("ada", id, result))).toBe("Only_Connector_Reports");
    expect(org.against(() => org.create("ada", "Social_Reply__c", { ...words(), Status__c: "Draft", ...result }))).toBe(
      "Only_Connector_Reports",
    );
    expect(org.against(() => org.set("connector", id, result))).toBeUndefined();
  });

  test("to a private message is private, as a draft already", () => {
    for (const Status__c of ["Draft", "Queued"]) {
      expect(org.against(() => born({ Post__c: ids.message, Status__c }))).toBe("Private_Is_Answered_In_Private");
    }
    expect(org.against(() => born({ Post__c: ids.message, ...whispered }))).toBeUndefined();
  });

  test("does not leave through an account that only listens", () => {
    expect(org.against(() => born({ Social_Account__c: ids.listenOnly }))).toBe("Listen_Only_Takes_No_Reply");
  });
});
