import { gql } from "c/socialNames";

/** Posts that stand on no Case, newest first, and those on the Cases that were made of some. */
export const loosePostsQuery = () => gql`
  query socialLoosePosts($posts: Social_Post__c_Filter, $made: [ID]) {
    uiapi {
      query {
        onMade: Social_Post__c(first: 200, where: { Case__c: { in: $made } }) {
          edges {
            node {
              Id
              Case__c {
                value
              }
            }
          }
        }
        Social_Post__c(first: 100, where: $posts, orderBy: { Posted_At__c: { order: DESC } }) {
          edges {
            node {
              Id
              External_Key__c {
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
              Network__c @optional {
                value
                displayValue
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
              Contact__c {
                value
              }
              Contact__r @optional {
                Name @optional {
                  value
                }
              }
              Persona__r @optional {
                Handle__c @optional {
                  value
                }
                Display_Name__c @optional {
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
