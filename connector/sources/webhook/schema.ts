import { z } from "zod";

/** The form in which senders tell us what happened. `docs/webhooks.md` shows it; the descriptions stand in its JSON Schema. */

const PRINTABLE = String.raw`[\p{L}\p{M}\p{N}\p{P}\p{S}]+`;
/** Printable, single spaces within. */
const LINE = new RegExp(`^${PRINTABLE}(?: ${PRINTABLE})*$`, "u");
const ONE_LINE = "must be printable characters, with single spaces only between them";

const line = (longest: number) => z.string().max(longest).regex(LINE, ONE_LINE);
const id = line(200).meta({ id: "Id" });
const EARLIEST = Date.UTC(1990, 0);

const time = z.iso
  .datetime({ offset: true, error: "must be a time with its zone, such as 2026-03-01T10:00:00+01:00" })
  .refine((text) => Date.parse(text) >= EARLIEST, "must be a time after 1990")
  .meta({ id: "Time" });

const address = z
  .url({ protocol: /^https?$/, error: "must be an address of the web, such as https://shop.example/reviews/7" })
  .max(2000)
  .meta({ id: "Address" });

const text = z.string().max(100_000);

const Author = z
  .strictObject({
    id: id.describe("Yours, for the same person always the same."),
    handle: line(200).describe("How the person is called where it was said, without a leading @ if you like."),
    name: line(200).optional().describe("For people to read. Left out: the handle."),
    profileUrl: address.optional(),
    avatarUrl: address.optional(),
  })
  .meta({ id: "Author" });

const Media = z
  .strictObject({
    url: address,
    kind: z.enum(["image", "video", "audio", "other"]),
    description: text.optional(),
  })
  .meta({ id: "Media" });

const place = {
  id: id.describe("Yours. What has the same id is the same thing, however often it is sent."),
  postedAt: time.describe("When it was said or happened, with its zone."),
  visibility: z
    .enum(["public", "private"])
    .optional()
    .describe("private: shown only to those with Social Private Messages. Left out: messages and what is offline are."),
  network: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,39}$/, "must be small letters, digits and hyphens, 40 at most")
    .optional()
    .describe("Where it was said, as a short name. Left out: webhook."),
  conversation: id.optional().describe("All that belongs together. The id of its first post will do."),
  parent: id.optional().describe("The id of what it answers."),
  url: address.optional().describe("Where people can look at it."),
};

/** What somebody said. */
const said = {
  ...place,
  kind: z.enum(["post", "mention", "reply", "comment", "message", "review", "article"]),
  text: text.describe("Plain, without markup."),
  author: Author.optional().describe("Who said it. Left out only where direction is outbound."),
  direction: z
    .enum(["inbound", "outbound"])
    .default("inbound")
    .describe("outbound: your own company said it, so there is no author."),
  sourceClass: z
    .enum(["microblog", "community", "review", "news", "message", "offline"])
    .optional()
    .describe("What sort of place. Survey answers, letters and calls are offline. Left out: it follows from the kind."),
  language: z
    .string()
    .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}$/, "must be a language tag, such as en or de-CH")
    .optional(),
  media: z.array(Media).max(20).optional(),
};

/** What somebody did without a word to us. */
const happened = {
  ...place,
  kind: z.literal("signal"),
  author: Author,
  signal: z
    .strictObject({
      name: line(80).describe("What happened, such as: abandoned cart."),
      facts: z
        .record(line(40), z.union([line(200), z.number(), z.boolean()]))
        .refine((facts) => Object.keys(facts).length <= 20, "must be 20 facts at most")
        .optional()
        .describe('Names and values, such as {"value": "129.90 EUR", "items": 3}.'),
    })
    .describe("A plain sentence is made of it."),
};

const posted = { type: z.literal("posted") };
const edited = {
  type: z.literal("edited"),
  editedAt: time.describe("When it was changed. The rest is as it stands now."),
};

const hasAuthor = ({ author, direction }: { readonly author?: unknown; readonly direction: string }): boolean =>
  (author === undefined) === (direction === "outbound");
const authorRule = { path: ["author"], error: "must be there where direction is inbound, and only there" };

/** One thing that happened. */
export const EventForm = z.discriminatedUnion("type", [
  z.discriminatedUnion("kind", [
    z.strictObject({ ...posted, ...said }).refine(hasAuthor, authorRule),
    z.strictObject({ ...posted, ...happened }),
  ]),
  z.discriminatedUnion("kind", [
    z.strictObject({ ...edited, ...said }).refine(hasAuthor, authorRule),
    z.strictObject({ ...edited, ...happened }),
  ]),
  z.strictObject({ type: z.literal("deleted"), id, at: time }).describe("It was taken back, and is erased here too."),
  z
    .strictObject({ type: z.literal("heard-until"), at: time, from: time.optional() })
    .describe("All that happened up to then (and after from, if that is said) has been sent. It closes gaps."),
]);

/** The body of a delivery. */
export const DeliveryForm = z.strictObject({ events: z.array(EventForm).min(1).max(1000) });

/** The same, without a look at the events: each is looked at by itself. */
export const Envelope = z.strictObject({ events: z.array(z.unknown()).min(1).max(1000) });

export type EventForm = z.infer<typeof EventForm>;
export type PostForm = Extract<EventForm, { type: "posted" | "edited" }>;

/** What a sender may check its deliveries with. */
export function toJsonSchema(): object {
  return z.toJSONSchema(DeliveryForm, {
    io: "input",
    override({ jsonSchema }) {
      // Of a time the format says it all, and people read this.
      if (jsonSchema.format === "date-time" || jsonSchema.$ref === "#/$defs/Time") delete jsonSchema.pattern;
    },
  });
}
