import { LightningElement, wire } from "lwc";
import { graphql } from "lightning/graphql";
import { NavigationMixin } from "lightning/navigation";
import disconnected from "@salesforce/label/c.Social_Banner_Disconnected";
import gaps from "@salesforce/label/c.Social_Banner_Gaps";
import open from "@salesforce/label/c.Social_Banner_Open";
import stopped from "@salesforce/label/c.Social_Banner_Stopped";
import ACCOUNT from "@salesforce/schema/Social_Account__c";
import { gql } from "c/socialNames";
import { openRefresh } from "c/socialRefresh";
import { nodesOf } from "c/socialThread";
import { fill } from "c/socialWords";

/** Health changes at most once a minute. */
const EVERY_MS = 30_000;
const NOT_HEARD = { Disconnected: disconnected, "Listening stopped": stopped };

/** Says which of our accounts are not heard, or were not for a while. Shows nothing where all is well. */
export default class SocialHealthBanner extends NavigationMixin(LightningElement) {
  labels = { open };

  accounts = [];
  refreshAccounts;
  refresher;

  connectedCallback() {
    this.refresher = openRefresh(() => this.refreshAccounts?.(), { everyMs: EVERY_MS });
  }

  disconnectedCallback() {
    this.refresher.close();
  }

  get query() {
    return gql`
      query socialHealth {
        uiapi {
          query {
            Social_Account__c(
              first: 20
              where: { or: [{ Health__c: { in: ["Disconnected", "Listening stopped"] } }, { Open_Gaps__c: { gt: 0 } }] }
              orderBy: { Handle__c: { order: ASC } }
            ) {
              edges {
                node {
                  Id
                  Handle__c {
                    value
                  }
                  Network__c @optional {
                    value
                    displayValue
                  }
                  Health__c @optional {
                    value
                  }
                  Health_Detail__c @optional {
                    value
                  }
                  Open_Gaps__c @optional {
                    value
                  }
                }
              }
            }
          }
        }
      }
    `;
  }

  /** Who may not see accounts sees no banner: the list below says what is wrong. */
  @wire(graphql, { query: "$query" })
  wiredAccounts({ data, refresh }) {
    this.refreshAccounts = refresh ?? this.refreshAccounts;
    if (data) this.accounts = nodesOf(data.uiapi.query.Social_Account__c).map(toAccount);
  }

  handleOpen(event) {
    const { objectApiName } = ACCOUNT;
    const attributes = { recordId: event.target.dataset.id, objectApiName, actionName: "view" };
    this[NavigationMixin.Navigate]({ type: "standard__recordPage", attributes });
  }
}

function toAccount(node) {
  const name = `@${(node.Handle__c?.value ?? "").replace(/^@/, "")}`;
  const network = node.Network__c?.displayValue ?? node.Network__c?.value ?? "";
  const notHeard = NOT_HEARD[node.Health__c?.value];
  return {
    id: node.Id,
    sentence: fill(notHeard ?? gaps, name, network, node.Open_Gaps__c?.value ?? ""),
    detail: node.Health_Detail__c?.value ?? undefined,
    className: notHeard ? "banner banner_bad" : "banner",
    icon: notHeard ? "utility:error" : "utility:warning",
  };
}
