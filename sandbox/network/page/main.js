import { call } from "./api.js";
import { complain, editText, openComposer, replyTo, suitComposer } from "./composer.js";
import { byId } from "./element.js";
import { openLive } from "./live.js";
import { chooseMyself, myself, refreshPeople } from "./me.js";
import { showCards } from "./show-cards.js";
import { nothingYet, viewAt } from "./views.js";

let count = 1;
let drawing;
let drawAgain = false;

/** Draws the view at the address. One at a time: news that comes meanwhile is drawn after it, once. */
function draw() {
  drawAgain = drawing !== undefined;
  drawing ??= drawOnce().finally(() => {
    drawing = undefined;
    if (drawAgain) draw();
  });
  return drawing;
}

async function drawOnce() {
  const path = location.pathname;
  const view = await viewAt(path, { as: myself(), actions, count }).catch(({ status, message }) => ({
    title: status === 404 ? "This is gone, or not for you to see" : message,
    cards: [],
  }));
  if (path !== location.pathname) return void (drawAgain = true);
  document.title = `${view.title} · The sandbox network`;
  byId("title").textContent = view.title;
  showCards(byId("list"), view.cards.length > 0 ? view.cards : [nothingYet()]);
  byId("more").hidden = !view.more;
  for (const link of document.querySelectorAll(".tabs a")) {
    if (link.pathname === path) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

async function go(path) {
  if (path !== location.pathname) history.pushState(null, "", path);
  count = 1;
  suitComposer(path === "/messages");
  await draw();
}

const act = (work) => async (post) => {
  try {
    await work(post);
    await draw();
  } catch (error) {
    complain(error);
  }
};
const press = (post, word) => call(`/api/v1/statuses/${post.id}/${word}`, { as: myself(), method: "POST" });
const actions = {
  reply: act(replyTo),
  edit: act(editText),
  like: act((post) => press(post, post.favourited ? "unfavourite" : "favourite")),
  boost: act((post) => press(post, post.reblogged ? "unreblog" : "reblog")),
  remove: act((post) => call(`/api/v1/statuses/${post.id}`, { as: myself(), method: "DELETE" })),
};

document.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || link.origin !== location.origin || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(link.pathname).then(() => byId("title").focus());
});
byId("more").addEventListener("click", () => {
  count += 1;
  draw();
});
window.addEventListener("popstate", draw);

const { domain } = await call("/api/v2/instance");
byId("domain").textContent = domain;
await openComposer((status) => {
  const isShown = location.pathname === "/" && status.visibility === "public" && !status.in_reply_to_id;
  return isShown ? draw() : go(`/@${status.account.acct}/${status.id}`);
});
suitComposer(location.pathname === "/messages");
const live = openLive(() => {
  draw();
  refreshPeople();
});
await chooseMyself(() => live.hearAs(myself()));
if (!myself()) live.hearAs(undefined);
