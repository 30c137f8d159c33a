import { call } from "./api.js";
import { byId } from "./element.js";
import { myself } from "./me.js";

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
let limit = 500;
let linkLength = 23;
/** What the text will become: a post, an answer `{ to }`, or another text of one's own `{ edits }`. */
let task = {};

const parts = {
  form: byId("composer"),
  title: byId("composer-title"),
  text: byId("composer-text"),
  visibility: byId("composer-visibility"),
  left: byId("composer-left"),
  send: byId("composer-send"),
  cancel: byId("composer-cancel"),
  problem: byId("problem"),
};

/** Wires the composer; `onSent` gets the status that came of it. */
export async function openComposer(onSent) {
  const { max_characters, characters_reserved_per_url } = (await call("/api/v2/instance")).configuration.statuses;
  limit = max_characters;
  linkLength = characters_reserved_per_url;
  parts.text.addEventListener("input", show);
  parts.visibility.addEventListener("change", show);
  parts.cancel.addEventListener("click", () => begin({}));
  parts.text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) parts.form.requestSubmit();
  });
  parts.form.addEventListener("submit", async (event) => {
    event.preventDefault();
    parts.send.disabled = true;
    try {
      const status = await send();
      begin({});
      onSent(status);
    } catch (error) {
      complain(error);
    } finally {
      show();
    }
  });
  begin({});
}

/** Begins an answer that names its author and whom they named, as private as what it answers. */
export function replyTo(status) {
  const others = [status.account, ...status.mentions].map(({ acct }) => acct);
  const named = [...new Set(others)].filter((acct) => acct !== myself()?.handle);
  begin({ to: status }, named.map((acct) => `@${acct} `).join(""), status.visibility);
  parts.text.focus();
}

/** Begins another text for one's own post. */
export async function editText(status) {
  const { text } = await call(`/api/v1/statuses/${status.id}/source`, { as: myself() });
  begin({ edits: status }, text, status.visibility);
  parts.text.focus();
}

/** Among private messages one writes privately, elsewhere not; what is being written already stays as it is. */
export function suitComposer(isPrivate) {
  if (parts.text.value === "" && !task.to && !task.edits) begin({}, "", isPrivate ? "direct" : "public");
}

export function complain(error) {
  parts.problem.textContent = error.message;
  parts.problem.hidden = false;
}

function begin(wanted, text = "", visibility = "public") {
  task = wanted;
  parts.text.value = text;
  parts.visibility.value = visibility;
  parts.visibility.disabled = task.edits !== undefined;
  parts.problem.hidden = true;
  show();
}

function send() {
  const as = myself();
  if (!as) throw new Error("Make an account first: on the left, below the list of people.");
  const status = parts.text.value;
  if (task.edits) return call(`/api/v1/statuses/${task.edits.id}`, { as, method: "PUT", body: { status } });
  const body = { status, visibility: parts.visibility.value, ...(task.to && { in_reply_to_id: task.to.id }) };
  return call("/api/v1/statuses", { as, method: "POST", body });
}

function show() {
  const left = limit - count(parts.text.value);
  const isDirect = parts.visibility.value === "direct";
  const title = isDirect ? "Write a private message" : "Say something";
  parts.form.classList.toggle("direct", isDirect);
  parts.title.textContent = task.to ? `Answer @${task.to.account.acct}` : task.edits ? "Edit your post" : title;
  parts.send.textContent = task.edits ? "Save" : isDirect ? "Send privately" : "Post";
  parts.send.disabled = parts.text.value.trim() === "" || left < 0;
  parts.cancel.hidden = task.to === undefined && task.edits === undefined;
  parts.left.textContent = String(left);
  parts.left.classList.toggle("over", left < 0);
}

/** As the network counts: a link as 23, a mention without its domain. */
function count(text) {
  const plain = text.replace(/https?:\/\/\S+/g, "x".repeat(linkLength)).replace(/(@\w+)@[\w.-]+\w/g, "$1");
  return [...graphemes.segment(plain)].length;
}
