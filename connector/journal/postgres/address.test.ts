import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openDirectory } from "../../../test/fakes/directory.ts";
import { Misconfigured } from "../../errors.ts";
import { toAddress } from "./address.ts";

test("names hosts, user, password, database and schema; messages call it by hosts and database alone", () => {
  const address = toAddress(
    "postgres://ear%40shot:p%2Fa%3Ass@one:6432,[::1],three.example:5433/so%20cial?schema=brand_a",
  );
  expect(address).toEqual({
    hosts: [
      { host: "one", port: 6432 },
      { host: "::1", port: 5432 },
      { host: "three.example", port: 5433 },
    ],
    database: "so cial",
    user: "ear@shot",
    password: "p/a:ss",
    schema: "brand_a",
    tls: false,
    channelBinding: false,
    label: "one:6432,::1:5432,three.example:5433/so cial",
  });
});

test("the password may come from elsewhere, and the URL's own goes first", () => {
  expect(toAddress("postgresql://u@host/db", "given")).toMatchObject({ password: "given", schema: "earshot" });
  expect(toAddress("postgres://u:own@host/db", "given").password).toBe("own");
  expect(toAddress("POSTGRES://u@host/db").password).toBeUndefined();
});

test("sslmode means what it means to PostgreSQL's own programs", async () => {
  await using directory = await openDirectory();
  const ca = join(directory.path, "ca.pem");
  await writeFile(ca, "the certificate");
  const toTls = (options: string) => toAddress(`postgres://u:p@host/db?${options}`).tls;
  expect(toTls("sslmode=disable")).toBe(false);
  expect(toTls("sslmode=require")).toEqual({ rejectUnauthorized: false });
  expect(toTls("sslmode=verify-full")).toEqual({ rejectUnauthorized: true });
  expect(toTls(`sslmode=verify-full&sslrootcert=${ca}`)).toEqual({ rejectUnauthorized: true, ca: "the certificate" });
  const anyName = {
    rejectUnauthorized: true,
    ca: "the certificate",
    checkServerIdentity: expect.any(Function) as unknown,
  };
  expect(toTls(`sslmode=verify-ca&sslrootcert=${ca}`)).toEqual(anyName);
  expect(toTls(`sslmode=require&sslrootcert=${ca}`)).toEqual(anyName);
  expect(() => toTls("sslmode=verify-full&sslrootcert=/nowhere.pem")).toThrow(
    /nowhere.pem .* sslrootcert cannot be read/,
  );
});

test.each([
  ["mysql://u:secret@host/db", /not of the form postgres:\/\//],
  ["postgres://u:sec/ret@host/db", /not of the form/],
  ["postgres://u:se@cret/secret@host/db", /not of the form/],
  ["postgres://host/db", /names no user/],
  ["postgres://u:secret@host", /names no database/],
  ["postgres://u:secret@/db", /that is no host/],
  ["postgres://u:secret@host:99999/db", /no host and port/],
  ["postgres://u:secret%zz@host/db", /a % that encodes nothing/],
  ["postgres://u:secret@host/db?sslmode=prefer", /option that is not understood: sslmode: .*"verify-full"/],
  ["postgres://u:secret@host/db?pool=3", /not understood.*pool/s],
  ["postgres://u:secret@host/db?schema=a%22b", /a plain name of at most 63 characters/],
])("a URL that cannot be meant is refused without its password: %s", (url, why) => {
  expect(() => toAddress(url)).toThrow(why);
  expect(() => toAddress(url)).toThrow(Misconfigured);
  expect(() => toAddress(url)).not.toThrow(/secret/);
});
