import { call, pages } from "./api.js";
import { element } from "./element.js";
import { toPostCard } from "./post-card.js";

/** A view's title, its cards, and whether there is more of it. `place` has `as`, `actions` and `count` of pages. */
const views = [
  [/^\/$/, (place) => listed("Everybody", "/api/v1/timelines/public", place)],
  [/^\/messages$/, messages],
  [/^\/tags\/([^/]+)$/, (place, tag) => listed(`#${tag}`, `/api/v1/timelines/tag/${encodeURIComponent(tag)}`, place)],
  [/^\/@(\w+)$/, profile],
  [/^\/@\w+\/(\d+)$/, thread],
];

/** The view at an address. */
export async function viewAt(path, place) {
  for (const [pattern, view] of views) {
    const match = pattern.exec(path);
    if (match) return view(place, decodeURIComponent(match[1] ?? ""));
  }
  return { title: "There is nothing here", cards: [] };
}

async function listed(title, path, place) {
  const { items, more } = await pages(path, place);
  return { title, more, cards: items.map((status) => card(status, place)) };
}

async function profile(place, handle) {
  const account = await call(`/api/v1/accounts/lookup?acct=${handle}`);
  return listed(`${account.display_name} @${account.acct}`, `/api/v1/accounts/${account.id}/statuses`, place);
}

async function messages(place) {
  if (!place.as) return { title: "Private messages", cards: [] };
  const { items, more } = await pages("/api/v1/conversations", place);
  const cards = items.map(({ last_status: last }) => card(last, place));
  return { title: "Private messages, the newest of each exchange", more, cards };
}

async function thread(place, id) {
  const [status, context] = await Promise.all([
    call(`/api/v1/statuses/${id}`, place),
    call(`/api/v1/statuses/${id}/context`, place),
  ]);
  const all = [...context.ancestors, status, ...context.descendants];
  const depths = new Map();
  const cards = all.map((each) => {
    const depth = depths.has(each.in_reply_to_id) ? depths.get(each.in_reply_to_id) + 1 : 0;
    depths.set(each.id, depth);
    return card(each, place, { depth, focus: each.id === id });
  });
  return { title: "A conversation", cards };
}

function card(status, { as, actions }, position = {}) {
  return toPostCard(status, { me: as, actions, ...position });
}

export const nothingYet = () => element("p", { className: "empty" }, "Nothing to see here yet.");
