/** What the console's server tells its page, as JSON below `/console/`. Types only: both sides import them. */

export interface SessionAnswer {
  readonly userId: string;
  readonly username: string;
  readonly name: string;
  readonly isAdmin: boolean;
  readonly customPermissions: readonly string[];
  /** Whom the sandbox lets one be: the page's user menu. */
  readonly users: readonly { readonly username: string; readonly name: string; readonly profile: string }[];
}

/** GET /console/app */
export interface AppAnswer {
  readonly label: string;
  readonly tabs: readonly NavigationTab[];
}

export interface NavigationTab {
  readonly label: string;
  readonly url: string;
  readonly icon: string;
}

/** A FlexiPage: its regions in their order; a facet is a region that a component shows inside itself. */
export interface PageLayout {
  readonly label: string;
  readonly template: string;
  readonly regions: readonly Region[];
}

export interface Region {
  readonly name: string;
  readonly isFacet: boolean;
  readonly items: readonly PageItem[];
}

export type PageItem =
  | { readonly kind: "field"; readonly field: string }
  | { readonly kind: "component"; readonly name: string; readonly properties: Readonly<Record<string, PropertyValue>> };

export type PropertyValue = string | number | boolean | readonly string[];

/** GET /console/record-page/:object (an object's name, or the id of a record of it) */
export interface RecordPageAnswer {
  readonly object: string;
  readonly label: string;
  readonly icon: string;
  readonly page: PageLayout;
  readonly nameField: string;
  readonly highlights: readonly string[];
  readonly sections: readonly Section[];
  /** By API name: every field that this user may read. */
  readonly fields: Readonly<Record<string, FieldDescription>>;
  /** What a new record begins with. */
  readonly defaults: Readonly<Record<string, string | number | boolean>>;
  /** For a Case whose status this user may set: what "Close Case" sets. */
  readonly closedStatus?: string;
}

export interface Section {
  readonly label: string;
  readonly columns: readonly (readonly string[])[];
}

export interface FieldDescription {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly isEditable: boolean;
  /** May be filled in on a new record. */
  readonly isCreateable: boolean;
  readonly isRequired: boolean;
  readonly help?: string;
  readonly length?: number;
  /** What can be chosen: a picklist's values, or the records of a lookup where they are few. */
  readonly values?: readonly { readonly value: string; readonly label: string }[];
  /** For a lookup: the path of the parent's name, such as `Contact.Name`, and the one object it points to, if one. */
  readonly parentName?: string;
  readonly parentObject?: string;
}

/** GET /console/list/:object?view= */
export interface ListAnswer {
  readonly object: string;
  readonly label: string;
  readonly icon: string;
  readonly view: string;
  /** This user may make new records. */
  readonly isCreateable: boolean;
  readonly views: readonly { readonly name: string; readonly label: string }[];
  readonly columns: readonly ListColumn[];
  readonly rows: readonly ListRow[];
}

/** GET /console/search/:term */
export interface SearchAnswer {
  readonly term: string;
  /** One per object in which something was found. */
  readonly groups: readonly ListAnswer[];
}

export interface ListColumn {
  readonly path: string;
  readonly label: string;
  readonly type: string;
}

export interface ListRow {
  readonly id: string;
  readonly values: readonly (string | number | boolean | null)[];
}
