import { gql } from "c/socialNames";

/**
 * Posts that a filter finds, newest or latest changed first, and replies to them. What field security may hide is optional, or one
 * hidden field would hide the whole timeline. Filters and order are those of `./filters`.
 */
export const threadQuery = () => gql`
  query socialTimeline(
    $first: Int
    $posts: Social_Post__c_Filter
    $replies: Social_Reply__c_Filter
    $byChange: OrderByClause
    $byTime: OrderByClause
  ) {
    uiapi {
      query {
        Social_Post__c(
          first: $first
          where: $posts
          orderBy: { LastModifiedDate: $byChange, Posted_At__c: $byTime, Id: { order: ASC } }
        ) {
          edges {
            node {
              Id
              CreatedDate {
                value
              }
              LastModifiedDate {
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
              Topics__c @optional {
                value
              }
              Needs_Response__c @optional {
                value
              }
              Labels_Decided_By__c @optional {
                value
              }
              Case__c {
                value
              }
              Contact__c {
                value
              }
              Contact__r @optional {
                AccountId @optional {
                  value
                }
              }
              Account__c @optional {
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
        Social_Reply__c(first: $first, where: $replies, orderBy: { Post__r: { Posted_At__c: { order: DESC } } }) {
          edges {
            node {
              Id
              CreatedDate {
                value
              }
              LastModifiedDate {
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
