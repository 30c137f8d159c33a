import { gql as platformGql } from "lightning/graphql";
import POST from "@salesforce/schema/Social_Post__c";

/*
 * In a managed package all our names have its namespace. The platform puts it into @salesforce imports, but never into
 * variables, and into queries in a way that changes their answers. So queries and filters are written here as they are
 * without one, and get it on their way out; answers come back by the short names.
 */

/** `acme__` in a package with that namespace, else empty. */
const PREFIX = POST.objectApiName.slice(0, -"Social_Post__c".length);

const CUSTOM_KEY = /__[cr]$/;
/** An alias, if there is one; a custom name, perhaps of a filter's type; what follows a field that is asked for. */
const CUSTOM_NAME = /(\w+:\s*)?\b([A-Z]\w*?__[cr])(?=\w*(\s*[({@])?)/g;

/** As `gql` of lightning/graphql, for a query with our own short names. */
export function gql([query]) {
  return platformGql`${toOwnQuery(query)}`;
}

/**
 * @param {string} query
 * @returns {string} with the names of this org; each field that is asked for is answered by its short name
 */
function toOwnQuery(query) {
  if (PREFIX === "") return query;
  return query.replaceAll(PREFIX, "").replace(CUSTOM_NAME, (_all, alias = "", name, asked) => {
    const own = `${PREFIX}${name}`;
    return asked && !alias ? `${name}: ${own}` : `${alias}${own}`;
  });
}

/**
 * Filters for a query, or the fields of a record to be written, with the names of this org.
 *
 * @template T
 * @param {T} value
 * @returns {T}
 */
export function toOwn(value) {
  if (PREFIX === "" || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(toOwn);
  return Object.fromEntries(
    Object.entries(value).map(([key, held]) => [CUSTOM_KEY.test(key) ? `${PREFIX}${key}` : key, toOwn(held)]),
  );
}
