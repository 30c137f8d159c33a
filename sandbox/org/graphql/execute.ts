import {
  executeSync,
  FieldsOnCorrectTypeRule,
  GraphQLError,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
} from "graphql";
import { Refusal } from "../refusal.ts";
import type { Asker } from "./asker.ts";
import { checkFields } from "./check-fields.ts";
import { schemaFor } from "./schema-for.ts";

export interface GraphqlRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | undefined;
}

interface AnswerError {
  readonly message: string;
  readonly paths: readonly (string | number)[];
  readonly locations: readonly { readonly line: number; readonly column: number }[];
  readonly extensions: { readonly ErrorType: string };
}

export interface GraphqlAnswer {
  readonly data: unknown;
  readonly errors: readonly AnswerError[];
}

/** Our own pass over the fields honours `@optional`, which the standard rule does not know. */
const RULES = specifiedRules.filter((rule) => rule !== FieldsOnCorrectTypeRule);

/** Runs a query as the asker: objects and fields hidden from them do not exist in their schema. */
export function execute(asker: Asker, { query, variables, operationName }: GraphqlRequest): GraphqlAnswer {
  const schema = schemaFor(asker.store.schema, asker.actor.access);
  let document: DocumentNode;
  try {
    document = parse(query);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return refused([error], "InvalidSyntax", (message) => `Invalid syntax: ${message}`);
  }
  const checked = checkFields(schema, document);
  if (checked.errors.length > 0) return refused(checked.errors, "ValidationError", (message) => message);
  const invalid = validate(schema, checked.document, RULES);
  if (invalid.length > 0) {
    return refused(invalid, "ValidationError", (message) => `Validation error of type WrongType: ${message}`);
  }
  const { data, errors } = executeSync({
    schema,
    document: checked.document,
    contextValue: asker,
    variableValues: variables,
    ...(operationName === undefined ? {} : { operationName }),
  });
  const bug = errors?.find(({ originalError }) => originalError && !(originalError instanceof Refusal));
  if (bug?.originalError !== undefined && !(bug.originalError instanceof GraphQLError)) throw bug.originalError;
  return { data: data ?? null, errors: (errors ?? []).map((error) => toError(error, "DataFetchingException")) };
}

const refused = (
  errors: readonly GraphQLError[],
  type: string,
  toSentence: (message: string) => string,
): GraphqlAnswer => ({
  data: null,
  errors: errors.map((error) => ({ ...toError(error, type), message: toSentence(error.message) })),
});

const toError = ({ message, path, locations }: GraphQLError, type: string): AnswerError => ({
  message,
  paths: path ?? [],
  locations: (locations ?? []).map(({ line, column }) => ({ line, column })),
  extensions: { ErrorType: type },
});
