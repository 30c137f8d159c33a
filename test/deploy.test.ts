import { globSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { parseEnv } from "node:util";
import { parse, parseAllDocuments } from "yaml";
import { z } from "zod";
import { systemClock } from "../connector/clock.ts";
import { readConfig, type Config } from "../connector/config.ts";
import { openBoard } from "../connector/http/board.ts";
import { openHttpServer } from "../connector/http/server.ts";
import { toAddress } from "../connector/journal/postgres/address.ts";
import { openTelemetry } from "../connector/telemetry.ts";

const ROOT = resolve(import.meta.dirname, "..");
const DEPLOY = join(ROOT, "deploy");
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "earshot-deploy-"))));
afterAll(() => rmSync(folder, { recursive: true }));

/** With a value for each of these variables and for no other. */
function configure(text: string, variables: Iterable<string>): Config {
  const file = join(folder, "earshot.yaml");
  writeFileSync(file, text);
  return readConfig(file, Object.fromEntries([...variables].map((name) => [name, "x".repeat(40)])));
}

/** Paths that a probe may ask for. */
async function expectAnswered(paths: readonly string[]): Promise<void> {
  const { metrics } = openTelemetry({ level: "silent" });
  await using server = await openHttpServer({
    host: "127.0.0.1",
    port: 0,
    board: openBoard(systemClock),
    metrics,
    coverage: () => [],
  });
  for (const path of paths) expect([path, (await fetch(`${server.url}${path}`)).status]).toEqual([path, 200]);
}

describe("the image", () => {
  const dockerfile = read("deploy/Dockerfile");
  const toList = (instruction: string) =>
    JSON.parse(new RegExp(`^${instruction} (\\[.*\\])$`, "m").exec(dockerfile)?.[1] ?? "[]") as string[];
  const copied = [...dockerfile.matchAll(/^COPY (.+) \S+$/gm)].flatMap(([, paths = ""]) => paths.split(" "));

  test("runs what npx earshot runs, with the same flags", () => {
    const flags = JSON.parse(read("bin/node-flags.json")) as string[];
    expect(toList("ENTRYPOINT")).toEqual(["node", ...flags, "bin/earshot.js"]);
    expect(toList("CMD").slice(0, 2)).toEqual(["start", "--config"]);
    const { dependencies } = JSON.parse(read("package.json")) as { dependencies: Record<string, string> };
    expect(dockerfile).toMatch(new RegExp(`^FROM node:${dependencies["node"]?.split(".")[0] ?? "?"}-`, "m"));
  });

  test("holds all that the connector imports, from us and from others", () => {
    const { dependencies } = JSON.parse(read("package.json")) as { dependencies: Record<string, string> };
    const known = new Set(Object.keys(dependencies));
    const isCopied = (path: string) => copied.some((place) => path === place || path.startsWith(`${place}/`));
    expect(copied.every((path) => statSync(join(ROOT, path)).size > 0)).toBe(true);
    const lacking = globSync("{bin,connector}/**/*.{ts,js}", { cwd: ROOT })
      .filter((path) => !path.endsWith(".test.ts") && !path.includes("/fixtures/"))
      .flatMap((path) => toImports(path).map((target) => ({ path, target })))
      .filter(({ path, target }) =>
        target.startsWith(".")
          ? !isCopied(join(dirname(path), target)) || target.endsWith(".test.ts")
          : !isBuiltin(target) && !known.has(/^(?:@[^/]+\/)?[^/]+/.exec(target)?.[0] ?? ""),
      );
    expect(lacking).toEqual([]);
  });

  test("is built from a context without anything else", () => {
    const [all, ...rest] = read("deploy/Dockerfile.dockerignore")
      .split("\n")
      .filter((line) => /^[^#]/.test(line));
    expect(all).toBe("*");
    expect(rest.filter((line) => line.startsWith("!")).map((line) => line.slice(1))).toEqual(copied);
  });
});

function toImports(path: string): readonly string[] {
  const code = read(path);
  return [...code.matchAll(/^(?:import|export) (?!type )(?:[^"';]*from )?"([^"]+)"|import\("([^"]+)"\)/gm)].map(
    ([, plain, late]) => plain ?? late ?? "",
  );
}

const Ports = z.looseObject({ healthcheck: z.object({ test: z.array(z.string()) }), expose: z.array(z.string()) });
const Compose = z.looseObject({
  services: z.object({
    postgres: z.looseObject({ volumes: z.array(z.string()), environment: z.record(z.string(), z.string()) }),
    "postgres-standby": z.looseObject({
      volumes: z.array(z.string()),
      environment: z.record(z.string(), z.string()),
      command: z.array(z.string()),
    }),
    connector: Ports.extend({
      build: z.object({ context: z.string(), dockerfile: z.string() }),
      volumes: z.array(z.string()),
      deploy: z.looseObject({ replicas: z.number() }),
    }),
  }),
});

describe("compose.yaml", () => {
  const { services } = Compose.parse(parse(read("deploy/compose.yaml"), { merge: true }));
  const secrets = Object.keys(parseEnv(read("deploy/secrets.example.env")));
  const config = () => configure(read("deploy/earshot.yaml"), secrets);

  test("gives each connector a configuration that it takes, and every secret that this needs", () => {
    const needed = secrets.filter((name) => !/^(POSTGRES|REPLICATION)_PASSWORD$/.test(name));
    for (const one of needed.filter((name) => name !== "EARSHOT_JOURNAL_PASSWORD"))
      expect(() =>
        configure(
          read("deploy/earshot.yaml"),
          secrets.filter((name) => name !== one),
        ),
      ).toThrow(one);
    expect(config().journalPassword).toBeDefined();
    const { http, webhooks } = config();
    expect(services.connector.expose).toEqual([String(http.port), String(webhooks.port)]);
    expect([http.host, webhooks.host]).toEqual(["0.0.0.0", "0.0.0.0"]);
  });

  test("names both servers to the connectors, and one journal", () => {
    const { hosts, user, database } = toAddress(config().journal);
    expect(hosts.map(({ host }) => host)).toEqual(Object.keys(services).filter((name) => name !== "connector"));
    const script = read("deploy/postgres/make-primary.sh");
    expect(script).toContain(`CREATE ROLE ${user} LOGIN`);
    expect(script).toContain(`CREATE DATABASE ${database} OWNER ${user}`);
    expect(services.connector.deploy.replicas).toBeGreaterThan(1);
  });

  test("the standby that commits wait for is the one that is made", () => {
    const [, awaited] =
      /synchronous_standby_names = 'FIRST 1 \((\w+)\)'/.exec(read("deploy/postgres/make-primary.sh")) ?? [];
    expect(awaited).toBeDefined();
    expect(read("deploy/postgres/make-standby.sh")).toContain(`application_name=${awaited}`);
    expect(read("deploy/postgres/make-standby.sh")).toContain(`--slot=${awaited}`);
    expect(read("deploy/postgres/make-primary.sh")).toContain(`pg_create_physical_replication_slot('${awaited}')`);
  });

  test("scripts get every variable that they read, and all files are there", () => {
    for (const [service, script] of [
      ["postgres", "make-primary.sh"],
      ["postgres-standby", "make-standby.sh"],
    ] as const) {
      const given = new Set([...Object.keys(services[service].environment), "PGDATA", "POSTGRES_USER", "PGPASSWORD"]);
      // What is not executable is read into the entrypoint's own shell, and its settings stay there.
      expect(statSync(join(DEPLOY, "postgres", script)).mode & 0o111).not.toBe(0);
      const asked = [...read(`deploy/postgres/${script}`).matchAll(/\$([A-Z_]+)/g)].map(([, name = ""]) => name);
      expect(asked.filter((name) => !given.has(name))).toEqual([]);
    }
    const mounted = Object.values(services).flatMap(({ volumes }) => volumes.filter((one) => one.startsWith("./")));
    for (const one of mounted) expect(statSync(join(DEPLOY, one.split(":")[0] ?? "")).isFile()).toBe(true);
    const { context, dockerfile } = services.connector.build;
    expect(statSync(join(DEPLOY, context, dockerfile)).isFile()).toBe(true);
  });

  test("asks after the health where it is told", async () => {
    const [, origin = "", path = ""] =
      /'(http:[^']+?:\d+)(\/\w+)'/.exec(services.connector.healthcheck.test.join(" ")) ?? [];
    expect(origin).toBe(`http://127.0.0.1:${config().http.port}`);
    await expectAnswered([path]);
  });
});

const Named = z.looseObject({ kind: z.string(), metadata: z.looseObject({ name: z.string() }) });
const Probe = z.looseObject({ httpGet: z.object({ path: z.string(), port: z.string() }) });
const Reference = z.object({ name: z.string(), key: z.string() });
const Deployment = z.looseObject({
  spec: z.looseObject({
    replicas: z.number(),
    selector: z.object({ matchLabels: z.record(z.string(), z.string()) }),
    template: z.looseObject({
      metadata: z.looseObject({ labels: z.record(z.string(), z.string()) }),
      spec: z.looseObject({
        terminationGracePeriodSeconds: z.number(),
        containers: z.tuple([
          z.looseObject({
            args: z.array(z.string()),
            env: z.array(z.object({ name: z.string(), valueFrom: z.object({ secretKeyRef: Reference }) })),
            ports: z.array(z.object({ name: z.string(), containerPort: z.number() })),
            startupProbe: Probe,
            livenessProbe: Probe,
            readinessProbe: Probe,
            volumeMounts: z.array(z.looseObject({ name: z.string(), mountPath: z.string() })),
          }),
        ]),
        volumes: z.array(z.looseObject({ name: z.string() })),
      }),
    }),
  }),
});

describe("kubernetes.yaml", () => {
  const documents = [read("deploy/kubernetes.yaml"), read("deploy/kubernetes-postgresql.yaml")]
    .flatMap((text) => parseAllDocuments(text))
    .map((document) => {
      expect(document.errors).toEqual([]);
      return Named.parse(document.toJS());
    });
  const find = (kind: string) => documents.find((one) => one.kind === kind) ?? {};
  const { spec } = Deployment.parse(find("Deployment"));
  const pod = spec.template.spec;
  const [container] = pod.containers;
  const { data } = z.object({ data: z.record(z.string(), z.string()) }).parse(find("ConfigMap"));
  /** What the comment at the file's head tells the operator to put into the secret. */
  const given = [...read("deploy/kubernetes.yaml").matchAll(/\bEARSHOT_[A-Z_]+/g)].map(([name]) => name);
  const config = () => configure(data["earshot.yaml"] ?? "", given);

  test("gives each connector a configuration that it takes, at the ports that are named", () => {
    const { http, webhooks } = config();
    expect(container.ports).toEqual([
      { name: "http", containerPort: http.port },
      { name: "webhooks", containerPort: webhooks.port },
    ]);
    expect([http.host, webhooks.host]).toEqual(["0.0.0.0", "0.0.0.0"]);
    expect(container.args).toEqual(["start", "--config", "/etc/earshot/earshot.yaml"]);
    expect(container.env.map(({ name }) => name)).toEqual(["EARSHOT_JOURNAL_PASSWORD"]);
  });

  test("the journal is the database that the operator makes", () => {
    const file = /sslrootcert=([^&]+)/.exec(config().journal)?.[1] ?? "";
    const { hosts, user, database, tls } = toAddress(config().journal.replace(/&sslrootcert=[^&]+/, ""));
    const cluster = z
      .looseObject({
        metadata: z.object({ name: z.string() }),
        spec: z.looseObject({
          bootstrap: z.object({ initdb: z.looseObject({ database: z.string(), owner: z.string() }) }),
        }),
      })
      .parse(find("Cluster"));
    const { name } = cluster.metadata;
    expect(hosts).toEqual([{ host: `${name}-rw`, port: 5432 }]);
    expect(cluster.spec.bootstrap.initdb).toMatchObject({ database, owner: user });
    expect(tls).toMatchObject({ rejectUnauthorized: true });
    expect(container.env[0]?.valueFrom.secretKeyRef).toEqual({ name: `${name}-app`, key: "password" });
    expect(container.volumeMounts.map(({ mountPath }) => mountPath)).toContain(dirname(file));
  });

  test("probes ask what the connector answers, and none of them what depends on others", async () => {
    const probes = [container.startupProbe, container.livenessProbe, container.readinessProbe];
    expect(new Set(probes.map(({ httpGet }) => httpGet.port))).toEqual(new Set(["http"]));
    await expectAnswered(probes.map(({ httpGet }) => httpGet.path));
  });

  test("what selects pods selects these, what is mounted is there, and a call may end", () => {
    expect(spec.template.metadata.labels).toMatchObject(spec.selector.matchLabels);
    for (const one of documents.filter(({ kind }) =>
      ["Service", "PodDisruptionBudget", "NetworkPolicy"].includes(kind),
    ))
      expect(JSON.stringify(one)).toContain(JSON.stringify(spec.selector.matchLabels));
    expect(container.volumeMounts.map(({ name }) => name)).toEqual(pod.volumes.map(({ name }) => name));
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(config().salesforce.callSeconds ?? 60);
    expect(spec.replicas).toBeGreaterThan(1);
  });
});
