import { LightningElement, api, wire } from "lwc";
import { graphql } from "lightning/graphql";
import { MessageContext, publish } from "lightning/messageService";
import { getObjectInfo } from "lightning/uiObjectInfoApi";
import { getFieldValue, getRecord, updateRecord } from "lightning/uiRecordApi";
import PERSONA_DECIDED from "@salesforce/messageChannel/Social_Persona_Decided__c";
import CASE_CONTACT from "@salesforce/schema/Case.ContactId";
import CASE_PERSONA from "@salesforce/schema/Case.Social_Persona__c";
import PERSONA from "@salesforce/schema/Social_Persona__c";
import IDENTITY from "@salesforce/schema/Social_Persona__c.Identity__c";
import DECIDED_BY from "@salesforce/schema/Social_Persona__c.Identity_Decided_By__c";
import userId from "@salesforce/user/Id";
import { toSentences } from "c/socialErrors";
import { toOwn } from "c/socialNames";
import { openRefresh } from "c/socialRefresh";
import { DECISIONS, recallBefore, rememberBefore, toCaseContact } from "./decisions";
import labels from "./labels";
import { toPersonas } from "./personas";
import { personasQuery } from "./queries";

const USER_NAME = "User.Name";
/** Others decide seldom. */
const EVERY_MS = 20_000;
/** In place of the id of a Case's persona that is not there. */
const NONE = "000000000000000AAA";

/** Who the personas of a Case, Contact, Lead or Account are said to be, and why: to confirm, refuse, choose anew and undo. */
export default class SocialIdentity extends LightningElement {
  labels = labels;
  userId = userId;
  userFields = [USER_NAME];

  @api recordId;
  @api objectApiName;

  personas;
  /** A persona that was just decided on stays here, though it stands for somebody else now. */
  decidedIds = [];
  casePersonaId;
  caseContactId;
  userName;
  mayDecide = false;
  errors;
  isRefreshFailed = false;
  busyId;
  problem;
  announcement = "";
  refreshPersonas;
  refresher;

  @wire(MessageContext) messageContext;

  connectedCallback() {
    this.refresher = openRefresh(() => this.refreshPersonas?.(), {
      everyMs: EVERY_MS,
      onResult: (error) => {
        this.isRefreshFailed = Boolean(error);
      },
    });
  }

  disconnectedCallback() {
    this.refresher.close();
  }

  get isCase() {
    return this.objectApiName === "Case";
  }

  get caseFields() {
    return this.isCase ? [CASE_PERSONA, CASE_CONTACT] : undefined;
  }

  @wire(getRecord, { recordId: "$recordId", optionalFields: "$caseFields" })
  wiredCase({ data, error }) {
    if (!this.isCase || (!data && !error)) return;
    this.casePersonaId = (data && getFieldValue(data, CASE_PERSONA)) ?? NONE;
    this.caseContactId = data && getFieldValue(data, CASE_CONTACT);
  }

  @wire(getRecord, { recordId: "$userId", fields: "$userFields" })
  wiredUser({ data }) {
    this.userName = data ? getFieldValue(data, USER_NAME) : this.userName;
  }

  @wire(getObjectInfo, { objectApiName: PERSONA })
  wiredInfo({ data }) {
    if (data) this.mayDecide = Boolean(data.fields[IDENTITY.fieldApiName]?.updateable);
  }

  get query() {
    return this.recordId && (!this.isCase || this.casePersonaId) ? personasQuery() : undefined;
  }

  get variables() {
    if (this.isCase) return { personas: { Id: { eq: this.casePersonaId } } };
    const own = [{ [`${this.objectApiName}__c`]: { eq: this.recordId } }];
    if (this.objectApiName === "Account") own.push({ Contact__r: { AccountId: { eq: this.recordId } } });
    return { personas: toOwn({ or: [...own, { Id: { in: [NONE, ...this.decidedIds] } }] }) };
  }

  @wire(graphql, { query: "$query", variables: "$variables" })
  wiredPersonas({ data, errors, refresh }) {
    this.refreshPersonas = refresh ?? this.refreshPersonas;
    this.errors = errors;
    if (data) this.personas = toPersonas(data);
  }

  get hasData() {
    return this.personas !== undefined;
  }

  get isEmpty() {
    return this.personas?.length === 0;
  }

  get cards() {
    return (this.personas ?? []).map((persona) => ({
      persona,
      canDecide: this.mayDecide && Boolean(this.userName),
      canUndo: recallBefore(persona.id) !== undefined,
      isBusy: this.busyId !== undefined,
    }));
  }

  handleDecide({ detail: { personaId, decision, target } }) {
    const persona = this.personas.find(({ id }) => id === personaId);
    const before = { ...persona.link, Identity__c: persona.identity };
    const fields = decision === "undo" ? recallBefore(personaId) : DECISIONS[decision](target);
    return this.decide(persona, fields, {
      done: labels.saved[decision],
      before: decision === "undo" ? undefined : before,
    });
  }

  async decide(persona, fields, { done, before }) {
    if (this.busyId) return;
    this.busyId = persona.id;
    this.problem = undefined;
    this.announcement = "";
    try {
      await updateRecord({ fields: { Id: persona.id, ...toOwn(fields), [DECIDED_BY.fieldApiName]: this.userName } });
      rememberBefore(persona.id, before);
      if (!this.decidedIds.includes(persona.id)) this.decidedIds = [...this.decidedIds, persona.id];
      publish(this.messageContext, PERSONA_DECIDED, { personaId: persona.id, identity: fields.Identity__c });
      this.announcement = done;
      await this.followOnCase(persona.link.Contact__c, fields);
    } catch (error) {
      this.problem = error;
    } finally {
      this.busyId = undefined;
      await this.refresher.now();
    }
  }

  /** The Case's Contact was the wrong one, too: the reader's own rights change it. */
  async followOnCase(before, fields) {
    if (!this.isCase || !("Contact__c" in fields)) return;
    const contactId = toCaseContact(this.caseContactId, before, fields.Contact__c);
    if (contactId === undefined) return;
    try {
      await updateRecord({ fields: { Id: this.recordId, [CASE_CONTACT.fieldApiName]: contactId } });
    } catch (error) {
      this.problem = [labels.contactKept, ...toSentences(error)];
    }
  }
}
