import { gql } from "lightning/graphql";

/** The open social Cases, by their customer's last word. */
export const openCasesQuery = () => gql`
  query socialInbox($first: Int) {
    uiapi {
      query {
        Case(
          first: $first
          where: { and: [{ Origin: { eq: "Social" } }, { IsClosed: { eq: false } }] }
          orderBy: { Social_Last_Inbound_At__c: { order: DESC, nulls: LAST } }
        ) {
          edges {
            node {
              Id
              CaseNumber {
                value
              }
              Subject @optional {
                value
              }
              Status @optional {
                value
                displayValue
              }
              Priority @optional {
                value
                displayValue
              }
              OwnerId {
                value
              }
              Owner {
                ... on User {
                  Name {
                    value
                  }
                }
                ... on Group {
                  Name {
                    value
                  }
                }
              }
              LastViewedDate {
                value
              }
              Social_Last_Inbound_At__c {
                value
              }
              Social_Response_Due__c @optional {
                value
              }
              Social_First_Response_At__c @optional {
                value
              }
              Contact @optional {
                Name @optional {
                  value
                }
              }
              Social_Persona__r @optional {
                Handle__c @optional {
                  value
                }
                Identity__c @optional {
                  value
                }
                Network__c @optional {
                  value
                  displayValue
                }
              }
            }
          }
          pageInfo {
            hasNextPage
          }
        }
      }
    }
  }
`;

/** As `openCasesQuery`, of one owner: where there are many, hers may not be among the newest. */
export const casesOfOwnerQuery = () => gql`
  query socialInboxOfOwner($first: Int, $ownerId: ID) {
    uiapi {
      query {
        Case(
          first: $first
          where: { and: [{ Origin: { eq: "Social" } }, { IsClosed: { eq: false } }, { OwnerId: { eq: $ownerId } }] }
          orderBy: { Social_Last_Inbound_At__c: { order: DESC, nulls: LAST } }
        ) {
          edges {
            node {
              Id
              CaseNumber {
                value
              }
              Subject @optional {
                value
              }
              Status @optional {
                value
                displayValue
              }
              Priority @optional {
                value
                displayValue
              }
              OwnerId {
                value
              }
              Owner {
                ... on User {
                  Name {
                    value
                  }
                }
                ... on Group {
                  Name {
                    value
                  }
                }
              }
              LastViewedDate {
                value
              }
              Social_Last_Inbound_At__c {
                value
              }
              Social_Response_Due__c @optional {
                value
              }
              Social_First_Response_At__c @optional {
                value
              }
              Contact @optional {
                Name @optional {
                  value
                }
              }
              Social_Persona__r @optional {
                Handle__c @optional {
                  value
                }
                Identity__c @optional {
                  value
                }
                Network__c @optional {
                  value
                  displayValue
                }
              }
            }
          }
          pageInfo {
            hasNextPage
          }
        }
      }
    }
  }
`;
