import { Writable } from "node:stream";
import { Misconfigured, Unavailable } from "./errors.ts";
import { openTelemetry, toFault } from "./telemetry.ts";

function openCaptured() {
  const lines: string[] = [];
  const destination = new Writable({
    write: (chunk: Buffer, _, done) => {
      lines.push(chunk.toString());
      done();
    },
  });
  return { lines, ...openTelemetry({ level: "info", destination }) };
}

describe("the log", () => {
  test("writes a JSON line with its level, time and fields", () => {
    const { lines, log } = openCaptured();
    log.info({ partition: 3 }, "A batch was settled");
    log.debug("Not at this level");
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ level: "info", partition: 3, msg: "A batch was settled" });
  });

  test("hides secrets and people's words, even in foreign objects that are logged whole", () => {
    const { lines, log } = openCaptured();
    const request = { headers: { authorization: "Bearer s3cret" }, accessToken: "s3cret" };
    log.info({ request, post: { text: "my bag", handle: "anna" }, token: "s3cret" }, "A call failed");
    expect(lines[0]).toContain("A call failed");
    expect(lines[0]).not.toMatch(/s3cret|my bag|anna/);
  });

  test("names an error without quoting anybody, and keeps the sentences that are our own", () => {
    const { lines, log } = openCaptured();
    try {
      JSON.parse("my bag never arrived");
    } catch (cause) {
      log.error({ err: cause }, "A post could not be read");
      log.error({ err: new Unavailable("The network is down.", { cause }) }, "A feed waits");
    }
    expect(lines.join("")).not.toContain("my bag");
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ err: { name: "SyntaxError" } });
    expect(JSON.parse(lines[1] ?? "")).toMatchObject({
      err: { name: "Unavailable", message: "The network is down.", cause: { name: "SyntaxError" } },
    });
  });
});

test("a fault says where, what kind and which code", () => {
  const error = Object.assign(new Error("quoted words"), { code: "ECONNRESET" });
  const fault = toFault(error);
  expect(fault).toMatchObject({ name: "Error", code: "ECONNRESET" });
  expect(fault.message).toBeUndefined();
  expect(fault.frames[0]).toContain("telemetry.test.ts");
  expect(toFault(new Misconfigured("Set the token.")).message).toBe("Set the token.");
  expect(toFault("quoted words")).toEqual({ name: "string", frames: [] });
});

test("a message of several lines does not slip in among the frames", () => {
  expect(JSON.stringify(toFault(new Error("secret words\n    at home, my bag never came")))).not.toContain("my bag");
});

describe("the metrics", () => {
  test("stand in a registry of their own, as Prometheus reads them", async () => {
    const one = openTelemetry({ level: "silent" }).metrics;
    const other = openTelemetry({ level: "silent" }).metrics;
    one.postsHeard.inc({ network: "mastodon", account: "nordwind" }, 3);
    one.postToCaseSeconds.observe(1.5);
    const text = await one.registry.metrics();
    expect(text).toContain('earshot_posts_heard_total{network="mastodon",account="nordwind"} 3');
    expect(text).toContain('earshot_post_to_case_seconds_bucket{le="2"} 1');
    expect(text).toContain("process_resident_memory_bytes");
    expect(await other.registry.metrics()).not.toContain('network="mastodon"');
  });

  test("say nothing of the calls left until the CRM has reported them", async () => {
    const { metrics } = openTelemetry({ level: "silent" });
    expect(await metrics.registry.metrics()).not.toMatch(/^earshot_crm_calls_left /m);
    metrics.crmCallsLeft.set(14_000);
    expect(await metrics.registry.metrics()).toMatch(/^earshot_crm_calls_left 14000$/m);
  });
});
