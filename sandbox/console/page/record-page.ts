import { readRecordPage } from "./console-api.ts";
import { h } from "./dom.ts";
import { openLiveRecord } from "./live-record.ts";
import { showRegions } from "./page-regions.ts";
import { recordName } from "./record-loading.ts";
import type { Route } from "./routes.ts";
import type { WorkspaceTabs } from "./workspace-tabs.ts";

/** A record as its page in force-app lays it out; it gets a tab among the open records. */
export async function showRecord(
  route: Extract<Route, { kind: "record" }>,
  { tabs, signal }: { readonly tabs: WorkspaceTabs; readonly signal: AbortSignal },
): Promise<{ title: string; content: HTMLElement }> {
  const page = await readRecordPage(route.object ?? route.id);
  const live = await openLiveRecord(page, route.id, signal);
  let title = "";
  live.show((record) => {
    title = recordName(record, page);
    tabs.open({ id: route.id, object: page.object, label: title, icon: page.icon });
  });
  const content = h("div", { class: "earshot-record" }, await showRegions(page.page, live));
  return { title: `${title} | ${page.label}`, content };
}
