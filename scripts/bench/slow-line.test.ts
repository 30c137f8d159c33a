import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { openSlowLine } from "./slow-line.ts";

test("what goes through the line arrives whole, and not before its time", async () => {
  await using running = new AsyncDisposableStack();
  const server = createServer((request, response) => request.pipe(response)).listen(0, "127.0.0.1");
  running.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const line = running.use(await openSlowLine(`http://127.0.0.1:${port}`, 80));
  const body = "ä".repeat(200_000);

  const startedMs = performance.now();
  const answer = await (await fetch(line.url, { method: "POST", body })).text();

  expect(answer).toBe(body);
  expect(performance.now() - startedMs).toBeGreaterThanOrEqual(79);
});
