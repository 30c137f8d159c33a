import type { PageItem, PageLayout } from "../contract.ts";
import type { LiveRecord } from "./live-record.ts";

export type ComponentItem = Extract<PageItem, { kind: "component" }>;

/** What a component on a page may need of the page around it. */
export interface PageContext {
  readonly layout: PageLayout;
  readonly record: LiveRecord | undefined;
  /** The items of a facet, for the component that names it. */
  showFacet(name: string): Promise<readonly Node[]>;
}

/** The facet that a container component shows inside. */
export const facetOf = ({ properties }: ComponentItem): string =>
  String(properties["body"] ?? properties["columns"] ?? "");
