import { gql } from "c/socialNames";

/** Cases that a filter finds, by their customer's last word. */
export const casesQuery = () => gql`
  query socialInbox($first: Int, $cases: Case_Filter) {
    uiapi {
      query {
        Case(first: $first, where: $cases, orderBy: { Social_Last_Inbound_At__c: { order: DESC, nulls: LAST } }) {
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

/**
 * The open social Cases.
 *
 * @param {string | undefined} ownerId of one owner only: where there are many Cases, hers may not be among the newest
 */
export function toOpenCases(ownerId) {
  const open = [{ Origin: { eq: "Social" } }, { IsClosed: { eq: false } }];
  return { and: ownerId ? [...open, { OwnerId: { eq: ownerId } }] : open };
}
