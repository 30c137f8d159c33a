import type { AppAnswer, ListAnswer, PageLayout, RecordPageAnswer, SearchAnswer } from "../contract.ts";
import { callOrg } from "./org-api.ts";

/** What the console's own server says: the layout of things, never their content except for lists. */
export const readApp = async (): Promise<AppAnswer> => (await callOrg("/console/app")) as AppAnswer;

export const readTabPage = async (name: string): Promise<PageLayout> =>
  (await callOrg(`/console/tab/${encodeURIComponent(name)}`)) as PageLayout;

export const readRecordPage = async (objectOrId: string): Promise<RecordPageAnswer> =>
  (await callOrg(`/console/record-page/${encodeURIComponent(objectOrId)}`)) as RecordPageAnswer;

export const readSearch = async (term: string): Promise<SearchAnswer> =>
  (await callOrg(`/console/search/${encodeURIComponent(term)}`)) as SearchAnswer;

export async function readList(object: string, view: string | undefined): Promise<ListAnswer> {
  const search = view === undefined ? "" : `?view=${encodeURIComponent(view)}`;
  return (await callOrg(`/console/list/${encodeURIComponent(object)}${search}`)) as ListAnswer;
}
