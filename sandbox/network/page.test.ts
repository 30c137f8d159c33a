import { openBrowser } from "../../test/browser.ts";
import { get, post } from "./test/ask.ts";
import { join, openTestNetwork } from "./test/member.ts";

test("every address of the page is one document without a script in it, and nothing but its own files may run", async () => {
  await using network = await openTestNetwork();

  for (const path of ["/", "/messages", "/@anna", "/@anna/1", "/tags/bag"]) {
    const response = await fetch(network.url + path);
    const html = await response.text();
    expect(response.status).toBe(200);
    expect(response.headers.get("content-security-policy")).toMatch(/default-src 'none'; script-src 'self';/);
    expect(html).not.toMatch(/<script(?![^>]* src=)|\son\w+=|\sstyle=/);
  }
  expect(await get(`${network.url}/nothing`)).toMatchObject({ status: 404 });
});

test("a name is text in a picture too", async () => {
  await using network = await openTestNetwork();
  await post(`${network.url}/sandbox/accounts`, { json: { handle: "eve", display: "<script> &quot;" } });

  const picture = await (await fetch(`${network.url}/avatars/eve.svg`)).text();

  expect(picture).toContain("<svg");
  expect(picture).not.toContain("<script");
});

test("a customer posts on the page, sees the answer come, and answers in private", async () => {
  await using network = await openTestNetwork();
  const [company] = [await join(network, "nordwind"), await join(network, "anna")];
  await using browser = await openBrowser();
  const page = await browser.newPage();

  await page.goto(network.url);
  await page.getByRole("status").getByText("live").waitFor();
  await page.getByLabel("Say something").fill("@nordwind where is <b>my</b> bag?");
  await page.getByRole("button", { name: "Post", exact: true }).click();
  await page.getByRole("article").getByText("where is <b>my</b> bag?").waitFor();
  const [mention] = await company.rest.v1.notifications.list();
  await company.rest.v1.statuses.create({ status: "@anna on its way!", inReplyToId: mention?.status?.id ?? "" });
  await page.getByRole("article").getByText("on its way!").waitFor();
  await page.getByRole("button", { name: "Reply to nordwind" }).click();
  await page.getByLabel("Who may read it").selectOption("direct");
  await page.getByLabel("Answer @nordwind").pressSequentially("my number is 5");
  await page.getByRole("button", { name: "Send privately" }).click();
  await page.getByText("Private message", { exact: true }).waitFor();
  await browser.screenshot(page, "network-thread");

  const [message] = await company.rest.v1.notifications.list();
  expect(message?.status).toMatchObject({ visibility: "direct", account: { acct: "anna" } });
  expect(message?.status?.content).toMatch(/my number is 5<\/p>$/);
  expect(browser.takeProblems()).toEqual([]);
}, 60_000);
