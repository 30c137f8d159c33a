import { gql } from "lightning/graphql";

/**
 * Newest first: the posts of a record, all posts of `wholeConversations`, ours of `ownConversations`, and the replies to them. A
 * record is a Case, a Contact or a Lead: its id tells which. What field security may hide is optional, or one hidden field would
 * hide the whole timeline.
 */
export const threadQuery = () => gql`
  query socialTimeline($recordId: ID, $wholeConversations: [String], $ownConversations: [String], $first: Int) {
    uiapi {
      query {
        Social_Post__c(
          first: $first
          where: {
            or: [
              { Case__c: { eq: $recordId } }
              { Contact__c: { eq: $recordId } }
              { Lead__c: { eq: $recordId } }
              { Conversation_Key__c: { in: $wholeConversations } }
              { and: [{ Conversation_Key__c: { in: $ownConversations } }, { Direction__c: { eq: "Outbound" } }] }
            ]
          }
          orderBy: { Posted_At__c: { order: DESC } }
        ) {
          edges {
            node {
              Id
              CreatedDate {
                value
              }
              External_Key__c {
                value
              }
              Conversation_Key__c {
                value
              }
              Parent_Key__c @optional {
                value
              }
              Direction__c {
                value
              }
              Visibility__c {
                value
              }
              Network__c @optional {
                value
                displayValue
              }
              Text__c {
                value
              }
              Private_Text__c @optional {
                value
              }
              Posted_At__c {
                value
              }
              Edited_At__c @optional {
                value
              }
              Deleted_At__c @optional {
                value
              }
              Url__c @optional {
                value
              }
              Sentiment__c @optional {
                value
                displayValue
              }
              Intent__c @optional {
                value
                displayValue
              }
              Case__c {
                value
              }
              Contact__c {
                value
              }
              Lead__c {
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
                Identity__c @optional {
                  value
                }
              }
              Social_Account__r @optional {
                Handle__c @optional {
                  value
                }
              }
            }
          }
          pageInfo {
            hasNextPage
          }
        }
        Social_Reply__c(
          first: $first
          where: {
            or: [
              { Case__c: { eq: $recordId } }
              { Post__r: { Case__c: { eq: $recordId } } }
              { Post__r: { Contact__c: { eq: $recordId } } }
              { Post__r: { Lead__c: { eq: $recordId } } }
              { Post__r: { Conversation_Key__c: { in: $wholeConversations } } }
            ]
          }
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
              Text__c {
                value
              }
              Private_Text__c @optional {
                value
              }
              Sent_Text__c @optional {
                value
              }
              Route__c {
                value
              }
              Status__c {
                value
              }
              Status_Detail__c @optional {
                value
              }
              Decision__c @optional {
                value
              }
              Sent_Post_Key__c @optional {
                value
              }
              Sender_Kind__c @optional {
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
              }
            }
          }
        }
      }
    }
  }
`;
