import { RefreshEventName, refreshListeners } from "../lightning/refresh.ts";
import { readApp } from "./console-api.ts";
import { h, hidden } from "./dom.ts";
import { globalHeader } from "./global-header.ts";
import { navigationBar } from "./navigation-bar.ts";
import { currentRoute, followLinks, navigate, onNavigate } from "./navigation.ts";
import { announceEveryRecord } from "./record-changes.ts";
import { showPlace } from "./place.ts";
import { followSignIn } from "./follow-sign-in.ts";
import { session } from "./session.ts";
import { showToasts } from "./toasts.ts";
import { workspaceTabs } from "./workspace-tabs.ts";

/** Builds the console around a main region and shows the place that the address names. */
export async function openConsole(body: HTMLElement): Promise<void> {
  followSignIn(session);
  const app = await readApp();
  const main = h("main", { class: "earshot-main", id: "main", tabindex: "-1" });
  const tabs = workspaceTabs();
  const navigation = navigationBar(app);
  const skip = h("a", { class: "earshot-skip", href: "#main" }, "Skip to content");
  body.replaceChildren(skip, globalHeader(session), navigation.element, tabs.element, main, showToasts());

  document.addEventListener(RefreshEventName, () => {
    announceEveryRecord();
    void refreshListeners();
  });

  let isFirst = true;
  const show = (): void => {
    const route = currentRoute();
    const first = app.tabs[0];
    if (route.kind === "home" && first !== undefined) {
      navigate(first.url, { replace: true });
      return;
    }
    navigation.mark(location.pathname);
    void showPlace(route, main, { tabs, app: app.label }).then(() => {
      tabs.mark(route.kind === "record" ? route.id : undefined);
      if (!isFirst) main.focus({ preventScroll: true });
      isFirst = false;
    });
  };
  onNavigate(show);
  followLinks();
  if (app.tabs.length === 0) main.append(h("p", {}, hidden("Nothing here"), "This app has no tab that you may open."));
  show();
}
