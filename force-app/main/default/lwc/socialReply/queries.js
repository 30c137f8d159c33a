import { gql } from "lightning/graphql";

/** The newest posts of a Case, Contact or Lead that can be answered, and the one chosen, wherever it belongs. */
export const targetsQuery = () => gql`
  query socialReplyTargets($recordId: ID, $postId: ID) {
    uiapi {
      query {
        Social_Post__c(
          first: 50
          where: {
            and: [
              { Direction__c: { eq: "Inbound" } }
              {
                or: [
                  { Case__c: { eq: $recordId } }
                  { Contact__c: { eq: $recordId } }
                  { Lead__c: { eq: $recordId } }
                  { Id: { eq: $postId } }
                ]
              }
            ]
          }
          orderBy: { Posted_At__c: { order: DESC } }
        ) {
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
