import { openPostgresPlace } from "../../test/fakes/postgres.ts";
import type { PostgresPlace } from "../../test/fakes/postgres.ts";
import { systemClock as clock } from "../clock.ts";
import { Misconfigured, Unavailable } from "../errors.ts";
import { openPostgresJournal } from "./postgres.ts";

/** What opening it says, as a whole, with all it was caused by. */
async function refusal(url: string, kind: new (message: string) => Error, visitor = false): Promise<string> {
  const error: unknown = await openPostgresJournal({ url, clock, visitor }).then(
    () => "it opened",
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(kind);
  const { message, cause } = error as Error;
  expect(`${message} ${String(cause)} ${JSON.stringify(error)}`).not.toContain("secret");
  return message;
}

/** A user of its own, who may log in with the password "secret". */
async function makeUser(place: PostgresPlace, options = ""): Promise<AsyncDisposable & { url: string; name: string }> {
  const name = `${place.schema}_user`;
  await place.query(`CREATE ROLE ${name} LOGIN PASSWORD 'secret' ${options}`);
  return {
    name,
    url: place.url.replace(/postgres:secret-of-the-test@/u, `${name}:secret@`),
    [Symbol.asyncDispose]: async () => {
      await place.query(`DROP OWNED BY ${name}`);
      await place.query(`DROP ROLE ${name}`);
    },
  };
}

describe("a place that cannot be the journal is refused in words", () => {
  test("of a newer format, which stays as it is", async () => {
    await using place = await openPostgresPlace();
    await (await openPostgresJournal({ url: place.url, clock }))[Symbol.asyncDispose]();
    await place.query("UPDATE $schema.about SET version = 99");
    expect(await refusal(place.url, Misconfigured)).toMatch(
      /newer Earshot \(format 99, this one knows 1\). Update Earshot/,
    );
    expect(await place.query("SELECT version FROM $schema.about")).toEqual([{ version: 99 }]);
  });

  test("another program's tables, also where one is named like ours", async () => {
    await using place = await openPostgresPlace();
    await place.query("CREATE SCHEMA $schema CREATE TABLE document (name text)");
    expect(await refusal(place.url, Misconfigured)).toMatch(/holds tables that are no journal. Name another one/);
    for (const name of ["about", "entry", "seen"]) await place.query(`CREATE TABLE $schema.${name} (name text)`);
    expect(await refusal(place.url, Misconfigured)).toMatch(/no journal/);
  });

  test("for a visitor where there is none, and nothing is made", async () => {
    await using place = await openPostgresPlace();
    expect(await refusal(place.url, Misconfigured, true)).toMatch(/There is no journal .* Start the connector once/);
    expect(await place.query("SELECT FROM pg_namespace WHERE nspname = '$schema'")).toEqual([]);
  });

  test("where we may not make it, and where we may not write", async () => {
    await using place = await openPostgresPlace();
    await using user = await makeUser(place);
    expect(await refusal(user.url, Misconfigured)).toMatch(/too few rights \(permission denied for database/);
    await (await openPostgresJournal({ url: place.url, clock }))[Symbol.asyncDispose]();
    expect(await refusal(user.url, Misconfigured)).toMatch(/too few rights \(permission denied for schema/);
    await place.query(
      `GRANT USAGE ON SCHEMA $schema TO ${user.name}; GRANT SELECT ON ALL TABLES IN SCHEMA $schema TO ${user.name}`,
    );
    expect(await refusal(user.url, Misconfigured)).toMatch(/lacks the right to INSERT in .*document. Let it own/);
    await place.query(`GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA $schema TO ${user.name}`);
    await using journal = await openPostgresJournal({ url: user.url, clock });
    await journal.append("posts", [{ key: "a", partition: 0, value: "x" }]);
  });

  test("with a wrong password, none, a wrong user, a wrong database", async () => {
    await using place = await openPostgresPlace();
    const withUser = (credentials: string): string =>
      place.url.replace(/postgres:secret-of-the-test@/u, `${credentials}@`);
    expect(await refusal(withUser("postgres:secret-but-wrong"), Misconfigured)).toMatch(
      /refuses the user or the password/,
    );
    expect(await refusal(withUser("postgres"), Misconfigured)).toMatch(
      /asks for a password. Put it into the environment variable EARSHOT_JOURNAL_PASSWORD/,
    );
    expect(await refusal(withUser("nobody:secret"), Misconfigured)).toMatch(/refuses the user or the password/);
    const elsewhere = place.url.replace("/postgres?", "/elsewhere?");
    expect(await refusal(elsewhere, Misconfigured)).toMatch(/There is no database 127.*elsewhere. Make it/);
  });

  test("that speaks in clear where it must not", async () => {
    await using place = await openPostgresPlace();
    expect(await refusal(`${place.url}&sslmode=verify-full`, Misconfigured)).toMatch(/offers no encryption/);
  });
});

test("a password may come from elsewhere than the URL", async () => {
  await using place = await openPostgresPlace();
  await using user = await makeUser(place, "SUPERUSER");
  const url = user.url.replace(":secret@", "@");
  await using journal = await openPostgresJournal({ url, password: "secret", clock });
  expect(await journal.get("d")).toBeUndefined();
});

describe("what may pass is waited for", () => {
  test("nobody there", async () => {
    expect(await refusal("postgres://u:secret@127.0.0.1:1/db", Unavailable)).toBe(
      "The journal's database 127.0.0.1:1/db cannot be reached (ECONNREFUSED).",
    );
  });

  test("no connection left", async () => {
    await using place = await openPostgresPlace();
    await using user = await makeUser(place, "CONNECTION LIMIT 0");
    expect(await refusal(user.url, Unavailable)).toMatch(/has no connection left. Raise max_connections/);
  });
});
