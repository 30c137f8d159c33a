/** A place in the console, as its address says. */
export type Route =
  | { readonly kind: "home" }
  | { readonly kind: "record"; readonly id: string; readonly object?: string }
  | { readonly kind: "list"; readonly object: string; readonly view?: string }
  | { readonly kind: "search"; readonly term: string }
  | { readonly kind: "new"; readonly object: string }
  | { readonly kind: "tab"; readonly name: string };

export interface PageReference {
  readonly type: string;
  readonly attributes?: Readonly<Record<string, string | undefined>>;
  readonly state?: Readonly<Record<string, string | undefined>>;
}

/** Reads a Lightning address; what it does not know is home. */
export function toRoute({ pathname, search }: Pick<URL, "pathname" | "search">): Route {
  const [lightning, kind, first, second, third] = pathname
    .split("/")
    .filter((part) => part !== "")
    .map(decodeURIComponent);
  if (lightning === "lightning" && kind === "search") {
    return { kind: "search", term: new URLSearchParams(search).get("term") ?? "" };
  }
  if (lightning !== "lightning" || first === undefined) return { kind: "home" };
  if (kind === "r" && second === "view") return { kind: "record", id: first };
  if (kind === "r" && second !== undefined && third === "view") return { kind: "record", object: first, id: second };
  if (kind === "n") return { kind: "tab", name: first };
  if (kind !== "o") return { kind: "home" };
  if (second === "new") return { kind: "new", object: first };
  const view = new URLSearchParams(search).get("filterName");
  return { kind: "list", object: first, ...(view === null ? {} : { view }) };
}

export const recordUrl = (object: string, id: string): string => `/lightning/r/${object}/${id}/view`;
export const tabUrl = (name: string): string => `/lightning/n/${name}`;
export const newUrl = (object: string): string => `/lightning/o/${object}/new`;
export const searchUrl = (term: string): string => `/lightning/search?term=${encodeURIComponent(term)}`;
export const listUrl = (object: string, view?: string): string =>
  `/lightning/o/${object}/list${view === undefined ? "" : `?filterName=${encodeURIComponent(view)}`}`;

/** The address of a page reference of `lightning/navigation`. */
export function toUrl({ type, attributes = {}, state = {} }: PageReference): string {
  const { recordId = "", objectApiName, apiName = "", url = "/" } = attributes;
  switch (type) {
    case "standard__recordPage":
      return objectApiName === undefined ? `/lightning/r/${recordId}/view` : recordUrl(objectApiName, recordId);
    case "standard__objectPage":
      return attributes["actionName"] === "new"
        ? newUrl(objectApiName ?? "")
        : listUrl(objectApiName ?? "", state["filterName"]);
    case "standard__search":
      return searchUrl(state["term"] ?? "");
    case "standard__navItemPage":
      return tabUrl(apiName);
    case "standard__webPage":
      return url;
    default:
      return "/";
  }
}

/** The reverse of {@link toUrl}: what the wire CurrentPageReference gives a component. */
export function toPageReference(route: Route): PageReference {
  switch (route.kind) {
    case "record":
      return {
        type: "standard__recordPage",
        attributes: { recordId: route.id, objectApiName: route.object, actionName: "view" },
        state: {},
      };
    case "list":
      return {
        type: "standard__objectPage",
        attributes: { objectApiName: route.object, actionName: "list" },
        state: { filterName: route.view },
      };
    case "new":
      return {
        type: "standard__objectPage",
        attributes: { objectApiName: route.object, actionName: "new" },
        state: {},
      };
    case "search":
      return { type: "standard__search", attributes: {}, state: { term: route.term } };
    case "tab":
      return { type: "standard__navItemPage", attributes: { apiName: route.name }, state: {} };
    case "home":
      return { type: "standard__namedPage", attributes: { pageName: "home" }, state: {} };
  }
}
