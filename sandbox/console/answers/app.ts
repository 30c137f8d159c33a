import type { Actor } from "../../org/access.ts";
import { noSuchResource } from "../../org/refusal.ts";
import type { Schema } from "../../org/schema.ts";
import type { AppAnswer, NavigationTab, PageLayout } from "../contract.ts";
import { readApplication } from "../metadata/application.ts";
import { readTab } from "../metadata/custom-tab.ts";
import { readPage } from "../metadata/flexi-page.ts";
import { objectIcon } from "./object-icon.ts";

/**
 * The app with the tabs that this user may open: a tab of an object needs the right to read it, too. Who may not open the app has
 * the platform's own tabs.
 */
export function toApp(forceApp: string, schema: Schema, actor: Actor): AppAnswer {
  const { name: app, label, tabs } = readApplication(forceApp);
  const isOpen = actor.access.app(app);
  const open = tabs.filter((tab) => actor.access.tab(tab) && (isOpen || tab.startsWith("standard-")));
  return {
    label: isOpen ? label : "Sandbox",
    tabs: open.map((name) => toTab(forceApp, schema, actor, name)).filter((tab) => tab !== undefined),
  };
}

function toTab(forceApp: string, schema: Schema, actor: Actor, name: string): NavigationTab | undefined {
  const tab = readTab(forceApp, name);
  if (tab?.page !== undefined) return { label: tab.label ?? name, url: `/lightning/n/${name}`, icon: tab.icon };
  const object = schema.object(name.replace(/^standard-/, ""));
  if (object === undefined || !actor.access.object(object).read) return undefined;
  return {
    label: object.labelPlural,
    url: `/lightning/o/${object.name}/list`,
    icon: objectIcon(forceApp, object.name),
  };
}

/** The page behind a tab. Refuses with NOT_FOUND. */
export function toTabPage(forceApp: string, name: string): PageLayout {
  const page = readTab(forceApp, name)?.page;
  const layout = page === undefined ? undefined : readPage(forceApp, page);
  if (layout === undefined) throw noSuchResource();
  return layout;
}
