import { openOrg, type Org } from "../sandbox/org/index.ts";

const METADATA = ["force-app/main/default", "org-setup/main/default", "sandbox/org/customer-fields"];

export interface ExampleOrg extends AsyncDisposable {
  readonly org: Org;
  readonly url: string;
  readonly accountId: string;
  readonly contactId: string;
  readonly personaId: string;
  readonly caseId: string;
  /** Two public posts and a private message, in the order in which they were posted. */
  readonly postIds: readonly string[];
  /** Calls the org's API as somebody: `rita`, `nora`, … Paths begin below the version. */
  call(who: string, method: string, path: string, body?: unknown): Promise<ApiAnswer>;
}

export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** An org in which Anna complained twice in public and once in private, about one bag; Rita owns the Case. */
export async function openExampleOrg(now: () => number = Date.now): Promise<ExampleOrg> {
  const org = await openOrg({ dir: ":memory:", metadata: METADATA, now });
  const { url } = await org.listen(0);
  const { store } = org;
  const actor = (name: string) => {
    const found = store.actor(`${name}@nordwind.example`);
    if (found === undefined) throw new Error(`nobody is called ${name}`);
    return found;
  };
  const connector = actor("connector");
  const ago = (minutes: number): string => new Date(now() - minutes * 60_000).toISOString();

  const contactId = store.create(actor("ada"), "Contact", {
    FirstName: "Anna",
    LastName: "Berg",
    Email: "anna@example.com",
  });
  const accountId = store.create(connector, "Social_Account__c", {
    External_Key__c: "mastodon:localhost/@nordwind",
    Network__c: "mastodon",
    Handle__c: "@nordwind",
    Mode__c: "Engage",
    Text_Limit__c: 500,
    Url_Length__c: 23,
    Health__c: "Connected",
  });
  const personaId = store.create(connector, "Social_Persona__c", {
    External_Key__c: "mastodon:localhost/1",
    Network__c: "mastodon",
    Handle__c: "@anna",
    Display_Name__c: "Anna Berg",
    Contact__c: contactId,
    Identity__c: "Linked",
  });
  const caseId = store.create(actor("ada"), "Case", {
    Subject: "My bag never arrived in Oslo",
    Origin: "Social",
    Priority: "High",
    ContactId: contactId,
    OwnerId: actor("rita").id,
    Social_Persona__c: personaId,
    Social_Account__c: accountId,
    Social_Conversation_Key__c: "conversation-1",
    Social_Last_Inbound_At__c: ago(10),
  });
  const toPost = (key: string, minutes: number, said: Readonly<Record<string, unknown>>): string =>
    store.create(connector, "Social_Post__c", {
      External_Key__c: key,
      Version__c: 0,
      Network__c: "mastodon",
      Source_Class__c: "microblog",
      Kind__c: "mention",
      Direction__c: "Inbound",
      Posted_At__c: ago(minutes),
      Conversation_Key__c: "conversation-1",
      Persona__c: personaId,
      Social_Account__c: accountId,
      Case__c: caseId,
      Contact__c: contactId,
      Needs_Response__c: true,
      ...said,
    });
  const open = (text: string) => ({
    Visibility__c: "public",
    Text__c: text,
    Excerpt__c: text,
    Sentiment__c: "negative",
  });
  const postIds = [
    toPost("post-1", 60, open("@nordwind my bag never arrived in Oslo")),
    toPost("post-2", 30, open("Two days now. Is anybody there?")),
    toPost("post-3", 10, {
      Visibility__c: "private",
      Private_Text__c: "My booking is ZX81QL",
      Source_Class__c: "message",
    }),
  ];

  return {
    org,
    url,
    accountId,
    contactId,
    personaId,
    caseId,
    postIds,
    async call(who, method, path, body) {
      const answer = await fetch(`${url}/services/data/v66.0${path}`, {
        method,
        headers: {
          Authorization: `Bearer ${org.tokenFor(`${who}@nordwind.example`)}`,
          "Content-Type": "application/json",
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      return { status: answer.status, body: text === "" ? undefined : (JSON.parse(text) as unknown) };
    },
    [Symbol.asyncDispose]: () => org[Symbol.asyncDispose](),
  };
}
