import { call } from "./api.js";
import { avatar, byId, element } from "./element.js";

const remembered = "earshot-network-me";
let accounts = [];
let me;

/** Who the visitor is: `{ id, token, handle, display }`, or undefined before there is an account. */
export const myself = () => me;

/** Loads the accounts, becomes who one was last time, and calls `onChange` whenever one becomes somebody else. */
export async function chooseMyself(onChange) {
  const become = async (account) => {
    me = account;
    localStorage.setItem(remembered, account.handle);
    showPeople(become);
    await showMe();
    onChange();
  };
  byId("who").addEventListener("input", () => showPeople(become));
  byId("newcomer").addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    const { handle, display, note } = Object.fromEntries(new FormData(form));
    try {
      const made = await call("/sandbox/accounts", { method: "POST", body: { handle, display, note } });
      await reload();
      form.reset();
      form.parentElement.open = false;
      await become(accounts.find(({ id }) => id === made.id));
    } catch (error) {
      form.elements.handle.setCustomValidity(error.message);
      form.reportValidity();
      form.elements.handle.setCustomValidity("");
    }
  });
  await reload();
  // The first account is the company's, as a rule, and who comes here plays a customer.
  const last = accounts.find(({ handle }) => handle === localStorage.getItem(remembered)) ?? accounts[1] ?? accounts[0];
  if (last) await become(last);
  else byId("me").replaceChildren(element("p", {}, "Nobody is here yet. Make an account below."));
}

/** Accounts that were made meanwhile, elsewhere, appear in the list. */
export async function refreshPeople() {
  const before = accounts.length;
  await reload();
  if (accounts.length !== before) byId("who").dispatchEvent(new Event("input"));
}

async function reload() {
  accounts = (await call("/sandbox/accounts")).map((account) => ({
    ...account,
    avatar: `/avatars/${account.handle}.svg`,
  }));
}

async function showMe() {
  const account = await call("/api/v1/accounts/verify_credentials", { as: me });
  byId("mine").href = `/@${me.handle}`;
  byId("me").replaceChildren(
    element("h2", {}, "You are"),
    element(
      "div",
      { className: "me" },
      avatar(account, 48),
      element("div", {}, element("strong", {}, account.display_name), `@${account.username}`),
    ),
    element("p", { className: "note", dir: "auto" }, account.source.note),
  );
}

function showPeople(become) {
  const wanted = byId("who").value.trim().toLowerCase();
  const found = accounts.filter(({ handle, display }) => `@${handle} ${display}`.toLowerCase().includes(wanted));
  const items = found
    .slice(0, 60)
    .map((account) =>
      element(
        "li",
        {},
        element(
          "button",
          { type: "button", onclick: () => become(account), aria: { current: String(account.id === me?.id) } },
          avatar(account, 32),
          element(
            "span",
            {},
            element("strong", {}, account.display),
            element("span", { className: "handle" }, `@${account.handle}`),
          ),
        ),
      ),
    );
  byId("people").replaceChildren(...items);
}
