import notShared from "@salesforce/label/c.Social_Not_Shared_Remedy";

/** How Salesforce says that a record, or one that it is to point to, is not there for this user. */
const NOT_SHARED =
  /INSUFFICIENT_ACCESS_O[NR]_|insufficient access rights on (object|cross-reference) id|NOT_FOUND|requested resource does not exist|ENTITY_IS_DELETED|entity is deleted/i;

/** How Salesforce says that an object or a field does not exist for this user; it never says "no permission" on reads. */
const NO_ACCESS =
  /FieldUndefined|UnknownType|ValidationError|Cannot query field|INVALID_TYPE|INVALID_FIELD|INSUFFICIENT_ACCESS|NOT_SUPPORTED|is not supported|isn't supported/i;

/**
 * The sentences in an error of Lightning Data Service, GraphQL or JavaScript, each once, in the order given. Where a record is not
 * there for this user they are our own: Salesforce's name nothing but an id.
 *
 * @param {unknown} error one error, a list of them, or nothing
 * @returns {string[]}
 */
export function toSentences(error) {
  if (isNotShared(error)) return [notShared];
  return wordsOf(error);
}

function wordsOf(error) {
  return [...new Set(sentencesOf(error).map((sentence) => sentence.trim()))].filter(Boolean);
}

/**
 * Whether the error says that a record is not there for this user: not shared with them, or deleted. Salesforce does not tell which.
 *
 * @param {unknown} error as for `toSentences`
 */
export function isNotShared(error) {
  if (Array.isArray(error)) return error.some(isNotShared);
  if (!error) return false;
  const codes = [
    error.errorCode,
    error.body?.errorCode,
    ...(error.body?.output?.errors ?? []).map((one) => one.errorCode),
  ];
  return error.status === 404 || NOT_SHARED.test([...codes, ...wordsOf(error)].join(" "));
}

/**
 * Whether the error says that the user may not see what was asked for.
 *
 * @param {unknown} error as for `toSentences`
 */
export function isNoAccess(error) {
  if (Array.isArray(error)) return error.some(isNoAccess);
  if (!error || isNotShared(error)) return false;
  const codes = [error.errorCode, error.body?.errorCode, error.body?.enhancedErrorType, error.extensions?.ErrorType];
  return error.status === 403 || NO_ACCESS.test([...codes, ...wordsOf(error)].join(" "));
}

function sentencesOf(error) {
  if (!error) return [];
  if (typeof error === "string") return [error];
  if (Array.isArray(error)) return error.flatMap(sentencesOf);
  const output = error.body?.output ?? error.detail?.output;
  const precise = [...sentencesOf(output?.errors), ...Object.values(output?.fieldErrors ?? {}).flatMap(sentencesOf)];
  // The message beside an output only says that there is one.
  if (precise.length > 0) return precise;
  return (
    [error.body, error.detail, error.message, error.statusText].map(sentencesOf).find((found) => found.length > 0) ?? []
  );
}
