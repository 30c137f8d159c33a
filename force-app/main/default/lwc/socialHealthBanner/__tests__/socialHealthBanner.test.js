import { createElement } from "lwc";
import { graphql } from "lightning/graphql";
import SocialHealthBanner from "c/socialHealthBanner";

const account = (fields) => ({ Id: `a0A${Object.keys(fields)}`, Handle__c: { value: "we" }, ...fields });

async function show(nodes) {
  const element = createElement("c-social-health-banner", { is: SocialHealthBanner });
  document.body.appendChild(element);
  graphql.emit({ uiapi: { query: { Social_Account__c: { edges: nodes.map((node) => ({ node })) } } } });
  await Promise.resolve();
  return [...element.shadowRoot.querySelectorAll(".banner")].map((banner) => [
    banner.querySelector(".sentence").textContent,
    banner.classList.contains("banner_bad"),
  ]);
}

afterEach(() => document.body.replaceChildren());

test("says which account is not heard, and where something is missing for now", async () => {
  expect(await show([])).toEqual([]);
  expect(
    await show([account({ Health__c: { value: "Disconnected" } }), account({ Open_Gaps__c: { value: 2 } })]),
  ).toEqual([
    ["c.Social_Banner_Disconnected", true],
    ["c.Social_Banner_Gaps", false],
  ]);
});
