import { writeFile } from "node:fs/promises";
import { Misconfigured } from "../errors.ts";
import type { Journal } from "../journal/journal.ts";
import type { Key } from "../model/glossary.ts";
import { certify } from "./certificate/certify.ts";
import { findPosts } from "./certificate/find-post.ts";
import { toHtml, toLines } from "./certificate/show.ts";
import type { Command, Shell } from "./command.ts";
import { CONFIG_FLAGS, CONFIG_HELP, misunderstood, readConfigOf, readFlags } from "./flags.ts";

/** Proves what became of one post. */
export const certificate: Command = {
  name: "certificate",
  forms: ["KEY [--json] [--html FILE]"],
  summary: "shows every place where a post's words are or were, and whether they are gone",
  explanation: `Looks for one post in the journal, the CRM and on its network, says what backups may still hold, and ends with a
verdict. Nothing that it prints tells what the post said. KEY is the post's key (External Key on its page in the CRM) or its
address on the network. Ends with 0 only where nothing of the post is held any more.
  --json            one object of JSON
  --html FILE       a page to keep or to send
${CONFIG_HELP}`,

  async run(args, shell) {
    const options = { ...CONFIG_FLAGS, json: { type: "boolean", default: false }, html: { type: "string" } } as const;
    const { values, positionals } = readFlags(certificate, args, { options, words: 1 });
    const [wanted] = positionals;
    if (wanted === undefined) throw misunderstood(certificate, "of which post?");
    const config = readConfigOf(values, shell.environment);
    const visit = shell.visit(config);
    await using journal = await visit.journal();
    const post = await toPost(journal, wanted, shell);
    if (post === undefined) return 1;
    const proof = await certify({ journal, visit, config, clock: shell.clock }, post, shell.signal);
    if (values.html !== undefined) await save(values.html, toHtml(proof));
    if (values.json) shell.out(JSON.stringify(proof));
    else for (const line of toLines(proof)) shell.out(line);
    return proof.outcome === "gone" || proof.outcome === "not held" ? 0 : 1;
  },
};

async function toPost(journal: Journal, wanted: string, { err }: Shell): Promise<Key | undefined> {
  if (!URL.canParse(wanted) || !/^https?:$/.test(new URL(wanted).protocol)) return wanted;
  const found = await findPosts(journal, wanted);
  if (found.length === 1) return found[0];
  err(
    found.length === 0
      ? "No post with this address is known here: name its key"
      : "Several posts may be meant: name one",
  );
  for (const key of found) err(`  ${key}`);
  return undefined;
}

async function save(file: string, page: string): Promise<void> {
  try {
    await writeFile(file, page, { mode: 0o600 });
  } catch (error) {
    throw new Misconfigured(`${file} cannot be written: name another file with --html`, { cause: error });
  }
}
