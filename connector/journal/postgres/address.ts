import { readFileSync } from "node:fs";
import type { ConnectionOptions } from "node:tls";
import { z } from "zod";
import { Misconfigured } from "../../errors.ts";

export interface Host {
  readonly host: string;
  readonly port: number;
}

/** Where the journal lies, as its URL says. */
export interface Address {
  /** A primary and its standbys, in any order. */
  readonly hosts: readonly Host[];
  readonly database: string;
  readonly user: string;
  readonly password: string | undefined;
  readonly schema: string;
  readonly tls: ConnectionOptions | false;
  readonly channelBinding: boolean;
  /** What messages call it: hosts and database, never the user or the password. */
  readonly label: string;
}

const URL_PARTS =
  /^postgres(?:ql)?:\/\/(?:(?<user>[^:@/?]*)(?::(?<password>[^/?]*))?@)?(?<hosts>[^@/?]*)(?:\/(?<database>[^?/@]*))?(?:\?(?<options>.*))?$/iu;
const EXAMPLE = "postgres://earshot@host:5432/database";
const DEFAULT_PORT = 5432;

const optionsSchema = z.strictObject({
  /** Longer names are cut by the server, and two would be one. */
  schema: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_-]{0,62}$/u, "a plain name of at most 63 characters")
    .default("earshot"),
  sslmode: z.enum(["disable", "require", "verify-ca", "verify-full"]).default("disable"),
  sslrootcert: z.string().optional(),
  sslcert: z.string().optional(),
  sslkey: z.string().optional(),
  channel_binding: z.enum(["disable", "prefer", "require"]).default("disable"),
  // We look for the one that may be written anyway.
  target_session_attrs: z.enum(["any", "read-write", "primary"]).optional(),
});

type Options = z.infer<typeof optionsSchema>;

/**
 * Reads `postgres://user:password@host:5432,host2/database?schema=earshot&sslmode=verify-full`. Parts with special characters
 * are percent-encoded. `password` stands in where the URL has none. Throws `Misconfigured` without quoting the URL.
 */
export function toAddress(url: string, password?: string): Address {
  const parts = URL_PARTS.exec(url)?.groups;
  if (parts === undefined)
    throw toRefusal(`is not of the form ${EXAMPLE}. Percent-encode special characters in its parts`);
  const database = decode(parts["database"] ?? "");
  const user = decode(parts["user"] ?? "");
  if (user === "" || database === "")
    throw toRefusal(`names no ${user === "" ? "user" : "database"}. It is written as ${EXAMPLE}`);
  const hosts = (parts["hosts"] ?? "").split(",").map(toHost);
  const options = toOptions(parts["options"] ?? "");
  return {
    hosts,
    database,
    user,
    password: parts["password"] === undefined ? password : decode(parts["password"]),
    schema: options.schema,
    tls: toTls(options),
    channelBinding: options.channel_binding !== "disable",
    label: `${hosts.map(({ host, port }) => `${host}:${port}`).join(",")}/${database}`,
  };
}

function toRefusal(why: string): Misconfigured {
  return new Misconfigured(`The journal's URL ${why}.`);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw toRefusal("has a % that encodes nothing. Write %25 where a % is meant");
  }
}

function toHost(text: string): Host {
  const found = /^(?:\[(?<inBrackets>[^\]]+)\]|(?<plain>[^:[\]]+))(?::(?<port>\d+))?$/u.exec(text)?.groups;
  const port = Number(found?.["port"] ?? DEFAULT_PORT);
  if (found === undefined || port < 1 || port > 65_535)
    throw toRefusal(`names a place that is no host, or no host and port. It is written as ${EXAMPLE}`);
  return { host: decode(found["inBrackets"] ?? found["plain"] ?? ""), port };
}

function toOptions(text: string): Options {
  const parsed = optionsSchema.safeParse(Object.fromEntries(new URLSearchParams(text)));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw toRefusal(`has an option that is not understood: ${[...(issue?.path ?? []), issue?.message].join(": ")}`);
}

/**
 * As PostgreSQL's own programs mean it: "require" encrypts and looks at no certificate, unless `sslrootcert` says whose are
 * good; "verify-ca" checks who signed it, "verify-full" also that it names the host.
 */
function toTls({ sslmode, ...files }: Options): ConnectionOptions | false {
  if (sslmode === "disable") return false;
  const ca = read("sslrootcert", files.sslrootcert);
  const cert = read("sslcert", files.sslcert);
  const key = read("sslkey", files.sslkey);
  const isChecked = sslmode !== "require" || ca !== undefined;
  return {
    rejectUnauthorized: isChecked,
    ...(isChecked && sslmode !== "verify-full" ? { checkServerIdentity: () => undefined } : {}),
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
}

function read(option: string, file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new Misconfigured(`The file ${file} that the journal's URL names as ${option} cannot be read.`, {
      cause: error,
    });
  }
}
