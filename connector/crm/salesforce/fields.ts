/**
 * The API names of everything we touch in Salesforce, spelled here only. Names of the package carry the org's
 * namespace where there is one.
 */
export function toFields(namespace: string) {
  const own = (name: string): string => (namespace === "" ? name : `${namespace}__${name}`);
  const lookup = (name: string) => ({ id: own(`${name}__c`), row: own(`${name}__r`) });
  const key = own("External_Key__c");
  return {
    account: {
      object: own("Social_Account__c"),
      key,
      network: own("Network__c"),
      handle: own("Handle__c"),
      mode: own("Mode__c"),
      textLimit: own("Text_Limit__c"),
      urlLength: own("Url_Length__c"),
      health: own("Health__c"),
      healthDetail: own("Health_Detail__c"),
      lastHeardAt: own("Last_Heard_At__c"),
      openGaps: own("Open_Gaps__c"),
      lastGapAt: own("Last_Gap_At__c"),
      coverage: own("Coverage__c"),
    },
    persona: {
      object: own("Social_Persona__c"),
      history: own("Social_Persona__History"),
      key,
      network: own("Network__c"),
      handle: own("Handle__c"),
      handleKey: own("Handle_Key__c"),
      displayName: own("Display_Name__c"),
      profileUrl: own("Profile_Url__c"),
      avatarUrl: own("Avatar_Url__c"),
      followers: own("Followers__c"),
      contact: own("Contact__c"),
      lead: own("Lead__c"),
      /** The Lead as a row, which tells what it was converted to. */
      leadRow: own("Lead__r"),
      account: own("Account__c"),
      identity: own("Identity__c"),
      identityScore: own("Identity_Score__c"),
      identityEvidence: own("Identity_Evidence__c"),
      identityDecidedBy: own("Identity_Decided_By__c"),
    },
    post: {
      object: own("Social_Post__c"),
      history: own("Social_Post__History"),
      key,
      version: own("Version__c"),
      network: own("Network__c"),
      sourceClass: own("Source_Class__c"),
      kind: own("Kind__c"),
      direction: own("Direction__c"),
      visibility: own("Visibility__c"),
      text: own("Text__c"),
      privateText: own("Private_Text__c"),
      excerpt: own("Excerpt__c"),
      media: own("Media__c"),
      language: own("Language__c"),
      postedAt: own("Posted_At__c"),
      detectedAt: own("Detected_At__c"),
      url: own("Url__c"),
      conversation: own("Conversation_Key__c"),
      parent: own("Parent_Key__c"),
      persona: lookup("Persona"),
      account: lookup("Social_Account"),
      case: lookup("Case"),
      contact: own("Contact__c"),
      lead: own("Lead__c"),
      crmAccount: own("Account__c"),
      sentiment: own("Sentiment__c"),
      sentimentScore: own("Sentiment_Score__c"),
      intent: own("Intent__c"),
      topics: own("Topics__c"),
      needsResponse: own("Needs_Response__c"),
      triageReason: own("Triage_Reason__c"),
      routes: own("Routes__c"),
      editedAt: own("Edited_At__c"),
      deletedAt: own("Deleted_At__c"),
      /** The child relationship from Case, Contact, Lead and persona. */
      posts: own("Social_Posts__r"),
    },
    reply: {
      object: own("Social_Reply__c"),
      post: lookup("Post"),
      case: lookup("Case"),
      account: lookup("Social_Account"),
      text: own("Text__c"),
      privateText: own("Private_Text__c"),
      sentText: own("Sent_Text__c"),
      route: own("Route__c"),
      status: own("Status__c"),
      statusDetail: own("Status_Detail__c"),
      decision: own("Decision__c"),
      attempt: own("Attempt__c"),
      sendAfter: own("Send_After__c"),
      sentAt: own("Sent_At__c"),
      sentPostKey: own("Sent_Post_Key__c"),
      seenLength: own("Seen_Length__c"),
    },
    case: {
      /** The child relationship from persona. */
      cases: own("Social_Cases__r"),
      key: own("Social_Case_Key__c"),
      conversation: own("Social_Conversation_Key__c"),
      openingPost: own("Social_Opening_Post_Key__c"),
      openingVersion: own("Social_Opening_Version__c"),
      openingSubject: own("Social_Opening_Subject__c"),
      openingLength: own("Social_Opening_Length__c"),
      persona: lookup("Social_Persona"),
      account: lookup("Social_Account"),
      lastInboundAt: own("Social_Last_Inbound_At__c"),
      responseDue: own("Social_Response_Due__c"),
      postedAt: own("Social_Posted_At__c"),
      detectedAt: own("Social_Detected_At__c"),
      triagedAt: own("Social_Triaged_At__c"),
      firstResponseAt: own("Social_First_Response_At__c"),
      seenClosedAt: own("Social_Seen_Closed_At__c"),
      seenLength: own("Social_Seen_Length__c"),
    },
    task: {
      postKey: own("Social_Post_Key__c"),
      version: own("Social_Post_Version__c"),
      excerptLength: own("Social_Excerpt_Length__c"),
      takenFrom: own("Social_Taken_From__c"),
      seenLength: own("Social_Seen_Length__c"),
    },
  } as const;
}

export type Fields = ReturnType<typeof toFields>;

/** The columns among the names of one object of `Fields`: lookups by their ids, without the object and its child relationships. */
export function toColumns(names: Readonly<Record<string, string | { readonly id: string }>>): readonly string[] {
  const columns = Object.values(names).map((name) => (typeof name === "string" ? name : name.id));
  return [...new Set(columns.filter((name) => name.endsWith("__c")))];
}
