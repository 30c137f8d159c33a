import { LightningElement, api, wire } from "lwc";
import { graphql } from "lightning/graphql";
import cancel from "@salesforce/label/c.Social_Cancel";
import contact from "@salesforce/label/c.Social_Contact";
import found from "@salesforce/label/c.Social_People_Found";
import lead from "@salesforce/label/c.Social_Lead";
import none from "@salesforce/label/c.Social_People_None";
import search from "@salesforce/label/c.Social_People_Search";
import { nodesOf } from "c/socialThread";
import { fill } from "c/socialWords";
import { peopleQuery } from "./queries";

const SHORTEST = 2;

/** Finds a Contact or a Lead by name. Fires `pick` with `{ id, objectApiName, name }`, or `cancel`. */
export default class SocialPersonPicker extends LightningElement {
  labels = { cancel, search };

  name = "";
  people;
  errors;

  @api focus() {
    this.template.querySelector("input")?.focus();
  }

  get query() {
    return this.name.length >= SHORTEST ? peopleQuery() : undefined;
  }

  get variables() {
    return { name: `%${this.name.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%` };
  }

  @wire(graphql, { query: "$query", variables: "$variables" })
  wiredPeople({ data, errors }) {
    this.errors = errors;
    if (data) this.people = toPeople(data);
  }

  get shown() {
    return this.name.length >= SHORTEST ? (this.people ?? []) : [];
  }

  get count() {
    if (this.name.length < SHORTEST || !this.people) return "";
    return this.people.length > 0 ? fill(found, this.people.length) : none;
  }

  handleInput(event) {
    this.name = event.target.value.trim();
  }

  handleKey(event) {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    this.handleCancel();
  }

  handleCancel() {
    this.dispatchEvent(new CustomEvent("cancel"));
  }

  handlePick(event) {
    const { id, objectApiName, name } = this.people.find((one) => one.id === event.currentTarget.dataset.id);
    this.dispatchEvent(new CustomEvent("pick", { detail: { id, objectApiName, name } }));
  }
}

function toPeople(data) {
  const { Contact: contacts, Lead: leads } = data.uiapi.query;
  return [
    ...nodesOf(contacts).map((node) => toPerson(node, "Contact", [contact, node.Account?.Name?.value])),
    ...nodesOf(leads).map((node) => toPerson(node, "Lead", [lead, node.Company?.value])),
  ];
}

function toPerson(node, objectApiName, words) {
  return { id: node.Id, objectApiName, name: node.Name?.value ?? "", detail: words.filter(Boolean).join(" · ") };
}
