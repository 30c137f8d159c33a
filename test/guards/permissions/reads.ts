import { globSync, readFileSync } from "node:fs";
import type { Actor } from "../../../sandbox/org/access.ts";
import { toApp } from "../../../sandbox/console/answers/app.ts";
import { toList } from "../../../sandbox/console/answers/list.ts";
import { toRecordPage } from "../../../sandbox/console/answers/record-page.ts";
import { CONVERSATION, type Scene } from "./scene.ts";
import type { Asked, Trial } from "./trial.ts";

const FORCE_APP = "force-app/main/default";
const COMPONENTS = `${FORCE_APP}/lwc/*/*.js`;
/** Useful on a Case's layout, as docs/admins.md says; the package brings none. */
const ON_CASES = ["Social_Persona__c", "Social_Response_Due__c"];

/** Something that a person or the connector does: what they get. */
export type Step = (actor: Actor) => unknown;

/** Opens the app, its tabs, their lists and a record of each; then what Earshot's components ask for on pages. */
export function toReads(scene: Scene, trial: Trial, tabs: readonly string[]): readonly Step[] {
  const objects = tabs.filter((tab) => tab.endsWith("__c"));
  return [
    (actor) => openTabs(scene, actor, tabs),
    ...[...objects, "Case"].flatMap((object) => listsOf(scene, object)),
    ...objects.map(
      (object): Step =>
        (actor) =>
          openRecord(scene, actor, object),
    ),
    ...recordFields(scene).map(
      (asked): Step =>
        (actor) =>
          trial.ask(actor, asked),
    ),
    ...questions(scene).map(
      (asked): Step =>
        (actor) =>
          trial.ask(actor, asked),
    ),
  ];
}

function openTabs({ org }: Scene, actor: Actor, wanted: readonly string[]): unknown {
  const { label, tabs } = toApp(FORCE_APP, org.store.schema, actor);
  return [label, wanted.filter((name) => tabs.some(({ url }) => url.includes(`/${name}`)))];
}

function listsOf({ org, actor: find }: Scene, object: string): readonly Step[] {
  const { views } = toList({ forceApp: FORCE_APP, store: org.store, actor: find("ada") }, object, undefined);
  return views.map(
    ({ name }): Step =>
      (actor) =>
        toList({ forceApp: FORCE_APP, store: org.store, actor }, object, name),
  );
}

/** The fields that the page of a record shows: those of its layout and highlights that one may read. */
function openRecord({ org }: Scene, actor: Actor, object: string): unknown {
  return Object.keys(toRecordPage(FORCE_APP, org.store, actor, object).fields);
}

/** What components read of the page's record: fields that they import by name. */
function recordFields({ ids }: Scene): readonly Asked[] {
  const source = componentSources().join("\n");
  const named = [...source.matchAll(/@salesforce\/schema\/((Case|Social_Account__c)\.\w+)"/g)].map(([, path]) => path);
  const toAsked = (id: string, paths: readonly (string | undefined)[]): Asked => ({
    method: "GET",
    url: `/services/data/v66.0/ui-api/records/${id}?optionalFields=${[...new Set(paths)].join(",")}`,
    body: undefined,
  });
  return [
    toAsked(ids.case, [
      ...named.filter((path) => path?.startsWith("Case.")),
      ...ON_CASES.map((name) => `Case.${name}`),
    ]),
    toAsked(
      ids.account,
      named.filter((path) => path?.startsWith("Social_Account__c.")),
    ),
  ];
}

/** Every question that components put to GraphQL. */
function questions({ ids }: Scene): readonly Asked[] {
  const variables = {
    ...{ first: 50, name: "%a%", conversation: CONVERSATION, made: [ids.case], byTime: { order: "DESC" } },
    cases: { and: [{ Origin: { eq: "Social" } }, { IsClosed: { eq: false } }] },
    posts: { Direction__c: { eq: "Inbound" } },
  };
  const queries = componentSources().flatMap((source) => [...source.matchAll(/(?:=>|return) gql`([^`]+)`/g)]);
  return queries.map(([, query = ""]) => {
    const declared = Object.entries(variables).filter(([name]) => query.includes(`$${name}:`));
    const body = { query, variables: Object.fromEntries(declared) };
    return { method: "POST", url: "/services/data/v66.0/graphql", body };
  });
}

const componentSources = (): readonly string[] => globSync(COMPONENTS).map((file) => readFileSync(file, "utf8"));
