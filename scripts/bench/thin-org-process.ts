/**
 * A double of the org with hardly any work to do: `node thin-org-process.ts <org id> <ms per call> [answered]`. Answers from
 * memory what the connector asks, so that what is measured is the connector. Its parent's messages are answered with what
 * stands in it; ends when its parent does.
 */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { openThinOrg, write, type Row } from "./thin-org/org.ts";
import { query } from "./thin-org/query.ts";
import { answerSingle } from "./thin-org/single.ts";

interface Step {
  readonly method: string;
  readonly url: string;
  readonly referenceId: string;
  readonly body?: { readonly records: readonly Row[] };
}

const [orgId = "", callMs = "0", answered = "Infinity"] = process.argv.slice(2);
/** Plenty. */
const LIMIT = 1_000_000;
const org = openThinOrg();
let calls = 0;
let batches = 0;

function answerStep({ method, url, referenceId, body }: Step) {
  const soql = new URL(url, "http://thin").searchParams.get("q");
  const answer =
    soql === null
      ? (body?.records ?? []).map((row) => write(org, method, row))
      : { done: true, records: query(org, orgId, soql) };
  return { referenceId, httpStatusCode: 200, httpHeaders: {}, body: answer };
}

async function answer(request: IncomingMessage): Promise<object> {
  const body = await text(request);
  if (Number(callMs) > 0) await delay(Number(callMs));
  if (request.url?.endsWith("/oauth2/token") === true) {
    return { access_token: "thin", instance_url: url, id: `${url}/id/${orgId}/005000000000001AAA` };
  }
  calls += 1;
  if (calls > Number(answered)) await new Promise(() => undefined);
  if (request.url?.endsWith("/composite") !== true) {
    return answerSingle(org, orgId, { method: request.method ?? "GET", url: new URL(request.url ?? "", url), body });
  }
  const { compositeRequest } = JSON.parse(body) as { readonly compositeRequest: readonly Step[] };
  const before = org.posts.size;
  const compositeResponse = compositeRequest.map(answerStep);
  if (org.posts.size > before) batches += 1;
  return { compositeResponse };
}

const server = createServer((request, response) => {
  answer(request).then(
    (body) => {
      response.setHeader("content-type", "application/json");
      response.setHeader("sforce-limit-info", `api-usage=${calls}/${LIMIT}`);
      response.end(JSON.stringify(body));
    },
    (error: unknown) => response.writeHead(500).end(String(error)),
  );
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  const standing = { posts: org.posts.size, tasks: org.tasks.size, cases: org.cases.size / 2 };
  process.send?.({ calls, batches, ...standing, cpuSeconds: (user + system) / 1e6 });
});
process.once("disconnect", () => process.exit(0));
process.send?.({ url });
