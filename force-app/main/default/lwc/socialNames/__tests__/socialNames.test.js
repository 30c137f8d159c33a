import { gql as platformGql } from "lightning/graphql";

const QUERY = `query posts($posts: Social_Post__c_Filter, $made: [ID]) {
  uiapi { query {
    onMade: Social_Post__c(first: 200, where: { Case__c: { in: $made } }) { edges { node { Id } } }
    Social_Post__c(where: $posts, orderBy: { Post__r: { Posted_At__c: { order: DESC } } }) {
      edges { node { Id Text__c { value } Persona__r @optional { Handle__c @optional { value } } Name { value } } }
    }
  } }
}`;

const PREFIXED = `query posts($posts: acme__Social_Post__c_Filter, $made: [ID]) {
  uiapi { query {
    onMade: acme__Social_Post__c(first: 200, where: { acme__Case__c: { in: $made } }) { edges { node { Id } } }
    Social_Post__c: acme__Social_Post__c(where: $posts, orderBy: { acme__Post__r: { acme__Posted_At__c: { order: DESC } } }) {
      edges { node { Id Text__c: acme__Text__c { value } Persona__r: acme__Persona__r @optional { Handle__c: acme__Handle__c @optional { value } } Name { value } } }
    }
  } }
}`;

beforeEach(() => {
  jest.resetModules();
  platformGql.mockImplementation((texts, ...values) => String.raw({ raw: texts }, ...values));
});

function open(objectApiName) {
  jest.doMock("@salesforce/schema/Social_Post__c", () => ({ __esModule: true, default: { objectApiName } }), {
    virtual: true,
  });
  jest.doMock("lightning/graphql", () => ({ __esModule: true, gql: platformGql }));
  return require("c/socialNames");
}

it("asks by the package's names and is answered by the short ones", () => {
  expect(open("acme__Social_Post__c").gql([QUERY])).toBe(PREFIXED);
});

it("asks the same where the platform has put the namespace into the query before", () => {
  const early = QUERY.replace(/\b([A-Z]\w*__[cr])/g, "acme__$1");
  expect(open("acme__Social_Post__c").gql([early])).toBe(PREFIXED);
});

it("leaves queries and filters alone where there is no namespace", () => {
  const { gql, toOwn } = open("Social_Post__c");
  expect(gql([QUERY])).toBe(QUERY);
  const filter = { Case__c: { eq: null } };
  expect(toOwn(filter)).toBe(filter);
});

it("gives filters and fields the package's names, and nothing else", () => {
  const filter = {
    and: [
      { Contact__r: { AccountId: { eq: "1" } } },
      { Posted_At__c: { gte: { value: "Text__c" } } },
      { Id: { in: ["2"] } },
    ],
    first: 5,
    none: null,
  };
  expect(open("acme__Social_Post__c").toOwn(filter)).toEqual({
    and: [
      { acme__Contact__r: { AccountId: { eq: "1" } } },
      { acme__Posted_At__c: { gte: { value: "Text__c" } } },
      { Id: { in: ["2"] } },
    ],
    first: 5,
    none: null,
  });
});
