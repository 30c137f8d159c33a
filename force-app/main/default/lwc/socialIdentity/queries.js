import { gql } from "c/socialNames";

/** Personas that a filter finds, with whom they stand for. What the reader may not see is left out. */
export const personasQuery = () => gql`
  query socialIdentity($personas: Social_Persona__c_Filter) {
    uiapi {
      query {
        Social_Persona__c(first: 20, where: $personas, orderBy: { CreatedDate: { order: ASC } }) {
          edges {
            node {
              Id
              Handle__c {
                value
              }
              Display_Name__c @optional {
                value
              }
              Network__c @optional {
                value
                displayValue
              }
              Identity__c {
                value
              }
              Identity_Evidence__c @optional {
                value
              }
              Identity_Decided_By__c @optional {
                value
              }
              Contact__c {
                value
              }
              Contact__r @optional {
                Name @optional {
                  value
                }
              }
              Lead__c {
                value
              }
              Lead__r @optional {
                Name @optional {
                  value
                }
              }
              Account__c {
                value
              }
              Account__r @optional {
                Name @optional {
                  value
                }
              }
            }
          }
        }
      }
    }
  }
`;
