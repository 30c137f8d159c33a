import { avatar, element } from "./element.js";
import { toWords } from "./words.js";

const audiences = { direct: "Private message", private: "Followers only", unlisted: "Not in the timeline" };

/**
 * A post as a card. `actions` is what one can do with it: reply, like, boost, edit, remove; `place` where it stands in a
 * thread: focus, depth.
 */
export function toPostCard(status, { me, actions, focus = false, depth = 0 }) {
  const post = status.reblog ?? status;
  const card = element(
    "article",
    { className: "post", id: `post-${status.id}`, aria: { label: `Post by ${post.account.display_name}` } },
    status.reblog && context(`${status.account.display_name} passed this on`),
    !status.reblog && post.in_reply_to_account_id && depth === 0 && context(answering(post)),
    avatar(post.account, 44),
    element("div", {}, head(post), toWords(post.content), foot(post, me, actions)),
  );
  card.classList.toggle("direct", post.visibility === "direct");
  card.classList.toggle("focus", focus);
  card.classList.toggle("answer", depth > 0);
  card.style.setProperty("--depth", String(Math.min(depth, 4)));
  return card;
}

const context = (text) => element("p", { className: "context" }, text);

function answering(post) {
  if (post.in_reply_to_account_id === post.account.id) return "Goes on from an earlier post";
  const named = post.mentions.find(({ id }) => id === post.in_reply_to_account_id);
  return named ? `In answer to @${named.acct}` : "An answer";
}

function head(post) {
  const profile = `/@${post.account.acct}`;
  const audience = audiences[post.visibility];
  const isPrivate = post.visibility === "direct";
  return element(
    "header",
    {},
    element("a", { href: profile }, element("strong", { dir: "auto" }, post.account.display_name)),
    element("a", { href: profile, className: "handle" }, `@${post.account.acct}`),
    audience && element("span", { className: isPrivate ? "mark private" : "mark" }, audience),
    element("a", { href: `${profile}/${post.id}`, className: "when" }, time(post)),
  );
}

function time(post) {
  const date = new Date(post.created_at);
  const today = date.toDateString() === new Date().toDateString();
  const shown = date.toLocaleString([], today ? { timeStyle: "medium" } : { dateStyle: "medium", timeStyle: "short" });
  const edited = post.edited_at ? ", edited" : "";
  return element("time", { dateTime: post.created_at, title: date.toString() }, shown + edited);
}

function foot(post, me, actions) {
  const button = (text, label, act, className = "") =>
    element(
      "button",
      { type: "button", className: `quiet ${className}`, onclick: () => act(post), aria: { label } },
      text,
    );
  const mine = post.account.id === me?.id;
  const count = (word, n) => (n > 0 ? `${word} ${n}` : word);
  return element(
    "footer",
    {},
    button(count("Reply", post.replies_count), `Reply to ${post.account.display_name}`, actions.reply),
    button(count("Like", post.favourites_count), "Like", actions.like, post.favourited ? "pressed" : ""),
    post.visibility !== "direct" &&
      button(count("Pass on", post.reblogs_count), "Pass on", actions.boost, post.reblogged ? "pressed" : ""),
    mine && button("Edit", "Edit your post", actions.edit),
    mine && button("Delete", "Delete your post", actions.remove, "danger"),
  );
}
