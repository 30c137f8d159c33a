import { ShowToastEventName, type ToastDetail } from "../lightning/platformShowToastEvent.ts";
import { h, hidden, icon, iconButton } from "./dom.ts";

const SHOWN_MS = 5000;

/** Shows the toasts that components ask for. A sticky one stays until it is closed. */
export function showToasts(): HTMLElement {
  const container = h("div", { class: "slds-notify_container earshot-toasts", "aria-live": "polite" });
  document.addEventListener(ShowToastEventName, (event) => {
    container.append(toToast((event as CustomEvent<ToastDetail>).detail));
  });
  return container;
}

function toToast({
  title = "",
  message = "",
  messageData = [],
  variant = "info",
  mode = "dismissible",
}: ToastDetail): HTMLElement {
  const close = iconButton("utility:close", "Close", () => toast.remove());
  close.classList.add("slds-notify__close", "slds-button_icon-inverse");
  const toast = h(
    "div",
    { class: `slds-notify slds-notify_toast slds-theme_${variant}`, role: variant === "error" ? "alert" : "status" },
    hidden(variant),
    h("span", { class: "slds-m-right_small" }, icon(`utility:${variant}`)),
    h(
      "div",
      { class: "slds-notify__content" },
      h("h2", { class: "slds-text-heading_small" }, title),
      message === "" ? undefined : h("p", {}, ...withLinks(message, messageData)),
    ),
    close,
  );
  if (mode !== "sticky") setTimeout(() => toast.remove(), SHOWN_MS);
  return toast;
}

/** Puts the links and words of `messageData` into the places `{0}`, `{1}` of the message. */
function withLinks(message: string, data: NonNullable<ToastDetail["messageData"]>): (Node | string)[] {
  return message.split(/(\{\d+\})/).map((part) => {
    const item = /^\{\d+\}$/.test(part) ? data[Number(part.slice(1, -1))] : undefined;
    if (item === undefined) return part;
    return typeof item === "string" ? item : h("a", { href: item.url }, item.label);
  });
}
