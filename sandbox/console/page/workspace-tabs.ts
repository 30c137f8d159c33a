import { h, icon, iconButton } from "./dom.ts";
import { currentRoute, navigate } from "./navigation.ts";
import { listUrl, recordUrl } from "./routes.ts";
import { session } from "./session.ts";

export interface OpenRecord {
  readonly id: string;
  readonly object: string;
  readonly label: string;
  readonly icon: string;
}

export interface WorkspaceTabs {
  readonly element: HTMLElement;
  /** Opens a tab for the record, or renames the one it has. */
  open(record: OpenRecord): void;
  /** Shows which record is in front; undefined for none. */
  mark(id: string | undefined): void;
}

/** The records opened in this browser tab, as a console keeps them. A reload remembers them. */
export function workspaceTabs(): WorkspaceTabs {
  const key = `earshot.tabs.${session.userId}`;
  let records = remembered(key);
  let front: string | undefined;
  const list = h("ul", { class: "earshot-tabs__list" });
  const element = h("nav", { class: "earshot-tabs", "aria-label": "Open records" }, list);

  const close = (id: string): void => {
    const at = records.findIndex((record) => record.id === id);
    const closed = records[at];
    records = records.filter((record) => record.id !== id);
    remember(key, records);
    draw();
    const route = currentRoute();
    if (closed === undefined || route.kind !== "record" || route.id !== id) return;
    const next = records[at] ?? records[at - 1];
    navigate(next === undefined ? listUrl(closed.object) : recordUrl(next.object, next.id));
  };
  const draw = (): void => {
    element.hidden = records.length === 0;
    list.replaceChildren(...records.map((record) => toTab(record, record.id === front, () => close(record.id))));
  };

  draw();
  return {
    element,
    open(record) {
      const isOpen = records.some(({ id }) => id === record.id);
      records = isOpen ? records.map((other) => (other.id === record.id ? record : other)) : [...records, record];
      remember(key, records);
      draw();
    },
    mark(id) {
      front = id;
      draw();
    },
  };
}

function toTab(record: OpenRecord, isFront: boolean, close: () => void): HTMLElement {
  const link = h("a", { href: recordUrl(record.object, record.id) }, icon(record.icon, "x-small"), record.label);
  if (isFront) link.setAttribute("aria-current", "page");
  return h("li", { class: "earshot-tabs__item" }, link, iconButton("utility:close", `Close ${record.label}`, close));
}

function remembered(key: string): readonly OpenRecord[] {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "[]") as OpenRecord[];
  } catch {
    return [];
  }
}

function remember(key: string, records: readonly OpenRecord[]): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(records));
  } catch {
    // Without storage the tabs last until the next reload.
  }
}
