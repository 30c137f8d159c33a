import { gql } from "c/socialNames";

/** Contacts and open Leads whose name contains a text. */
export const peopleQuery = () => gql`
  query socialPeople($name: String) {
    uiapi {
      query {
        Contact(first: 5, where: { Name: { like: $name } }, orderBy: { Name: { order: ASC } }) {
          edges {
            node {
              Id
              Name {
                value
              }
              Account @optional {
                Name @optional {
                  value
                }
              }
            }
          }
        }
        Lead(
          first: 5
          where: { and: [{ Name: { like: $name } }, { IsConverted: { eq: false } }] }
          orderBy: { Name: { order: ASC } }
        ) {
          edges {
            node {
              Id
              Name {
                value
              }
              Company @optional {
                value
              }
            }
          }
        }
      }
    }
  }
`;
