import { inPrivate, type Scene } from "./scene.ts";
import type { Step } from "./reads.ts";
import type { Trial } from "./trial.ts";

type Fields = Readonly<Record<string, unknown>>;

interface Pen {
  readonly create: (apiName: string, fields: Fields) => Step;
  readonly change: (id: string, fields: Fields) => Step;
  readonly remove: (id: string) => Step;
}

/** Records as Lightning pages write them. */
function toPen(trial: Trial): Pen {
  const at = "/services/data/v66.0/ui-api/records";
  return {
    create: (apiName, fields) => (actor) =>
      trial.ask(actor, { method: "POST", url: at, body: { apiName, fields } }).status,
    change: (id, fields) => (actor) =>
      trial.ask(actor, { method: "PATCH", url: `${at}/${id}`, body: { fields } }).status,
    remove: (id) => (actor) => trial.ask(actor, { method: "DELETE", url: `${at}/${id}`, body: undefined }).status,
  };
}

const NOBODY = { Contact__c: null, Lead__c: null, Account__c: null };
const SIGNED = { Identity_Decided_By__c: "Rita Rep" };

/** Answers, drafts, decides about what failed and about who somebody is, corrects what we made of a post. */
export function toRepWrites({ ids }: Scene, trial: Trial): readonly Step[] {
  const { create, change } = toPen(trial);
  const answer = { Post__c: ids.post, Social_Account__c: ids.account, Case__c: ids.case, Text__c: "Found it." };
  const sent = { Route__c: "Public reply", Status__c: "Queued", Sender_Kind__c: "Human" };
  return [
    create("Social_Reply__c", { ...answer, ...sent }),
    change(ids.draft, { Text__c: "Found it!", Send_After__c: "2026-11-24T08:00:00.000Z" }),
    change(ids.draft, { Status__c: "Queued" }),
    change(ids.failed, { Decision__c: "Retry" }),
    change(ids.persona, { Identity__c: "Verified", ...SIGNED }),
    change(ids.persona, { ...NOBODY, Lead__c: ids.lead, Identity__c: "Linked", ...SIGNED }),
    change(ids.persona, { ...NOBODY, Account__c: ids.customer, Identity__c: "Linked", ...SIGNED }),
    change(ids.post, { Sentiment__c: "neutral", Intent__c: "question", Labels_Decided_By__c: "Rita Rep" }),
    change(ids.post, { Topics__c: "bags", Needs_Response__c: false, Labels_Decided_By__c: "Rita Rep" }),
    change(ids.loose, { Case__c: ids.case }),
  ];
}

/** Answers a private message, and rewrites a draft of such an answer. */
export function toPrivateWrites({ ids }: Scene, trial: Trial): readonly Step[] {
  const { create, change } = toPen(trial);
  const answer = { Post__c: ids.private, Social_Account__c: ids.account, Case__c: ids.case, ...inPrivate };
  return [
    create("Social_Reply__c", { ...answer, Status__c: "Queued", Sender_Kind__c: "Human" }),
    change(ids.privateDraft, { Private_Text__c: "Only between the two of us." }),
  ];
}

/** Makes listeners and rules, and changes and deletes those of a colleague. */
export function toCoordinatorWrites({ ids }: Scene, trial: Trial): readonly Step[] {
  const { create, change, remove } = toPen(trial);
  const listener = { Words__c: "südwind", Excluded_Words__c: "surf", Languages__c: "de", Active__c: true };
  const decided = { Response__c: "Needed", Priority__c: "High", Queue__c: "Social_Priority", Response_Minutes__c: 30 };
  const rule = { Order__c: 20, Condition__c: 'intent == "praise"', Reason__c: "Dear.", Active__c: true, ...decided };
  return [
    create("Social_Listener__c", { Name: "Rival", Social_Account__c: ids.account, ...listener }),
    change(ids.listener, { Words__c: "nordwind", Active__c: false }),
    remove(ids.listener),
    create("Social_Rule__c", { Name: "Dear", ...rule }),
    change(ids.rule, { Order__c: 15 }),
    remove(ids.rule),
  ];
}
