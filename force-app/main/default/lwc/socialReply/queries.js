import { gql, toOwn } from "c/socialNames";

/** The newest posts that can be answered, of those that a filter finds. */
export const targetsQuery = () => gql`
  query socialReplyTargets($posts: Social_Post__c_Filter) {
    uiapi {
      query {
        Social_Post__c(first: 50, where: $posts, orderBy: { Posted_At__c: { order: DESC } }) {
          edges {
            node {
              Id
              External_Key__c {
                value
              }
              Conversation_Key__c {
                value
              }
              Visibility__c {
                value
              }
              Excerpt__c @optional {
                value
              }
              Posted_At__c {
                value
              }
              Deleted_At__c @optional {
                value
              }
              Needs_Response__c @optional {
                value
              }
              Routes__c @optional {
                value
              }
              Case__c {
                value
              }
              Case__r @optional {
                CaseNumber @optional {
                  value
                }
              }
              Persona__c {
                value
              }
              Persona__r @optional {
                Handle__c @optional {
                  value
                }
                Display_Name__c @optional {
                  value
                }
              }
              Social_Account__c {
                value
              }
              Social_Account__r @optional {
                Handle__c @optional {
                  value
                }
                Network__c @optional {
                  value
                  displayValue
                }
                Mode__c @optional {
                  value
                }
                Text_Limit__c @optional {
                  value
                }
                Url_Length__c @optional {
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

/**
 * What customers said on a Case, Contact, Lead or Account, and the one chosen, wherever it belongs. What an Account's people said is its own.
 *
 * @param {{ recordId: string, objectApiName: string, postId: string | null }} wanted
 */
export function toTargetsFilter({ recordId, objectApiName, postId }) {
  const own =
    objectApiName === "Account"
      ? [{ Account__c: { eq: recordId } }, { Contact__r: { AccountId: { eq: recordId } } }]
      : ["Case__c", "Contact__c", "Lead__c"].map((lookup) => ({ [lookup]: { eq: recordId } }));
  const chosen = postId ? [{ Id: { eq: postId } }] : [];
  return toOwn({ and: [{ Direction__c: { eq: "Inbound" } }, { or: [...own, ...chosen] }] });
}

/** What was lately answered in a conversation, by whomever. */
export const answersQuery = () => gql`
  query socialReplyAnswers($conversation: String) {
    uiapi {
      query {
        Social_Post__c(
          first: 20
          where: { and: [{ Direction__c: { eq: "Outbound" } }, { Conversation_Key__c: { eq: $conversation } }] }
          orderBy: { Posted_At__c: { order: DESC } }
        ) {
          edges {
            node {
              Id
              External_Key__c {
                value
              }
              Parent_Key__c @optional {
                value
              }
              Posted_At__c {
                value
              }
            }
          }
        }
        Social_Reply__c(
          first: 20
          where: { Post__r: { Conversation_Key__c: { eq: $conversation } } }
          orderBy: { CreatedDate: { order: DESC } }
        ) {
          edges {
            node {
              Id
              CreatedDate {
                value
              }
              CreatedBy @optional {
                Name @optional {
                  value
                }
              }
              Post__c {
                value
              }
              Post__r @optional {
                Persona__c @optional {
                  value
                }
              }
              Status__c {
                value
              }
              Sent_Post_Key__c @optional {
                value
              }
            }
          }
        }
      }
    }
  }
`;
