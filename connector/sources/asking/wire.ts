import { z } from "zod";

/** Pieces of the schemas by which networks' answers are read: only what a post cannot do without is demanded. */

/** An instant with its offset. */
export const time = z.iso.datetime({ offset: true });

/** What may be missing, null or nonsense: all one to us. */
export const maybe = <T>(schema: z.ZodType<T>) =>
  schema
    .nullish()
    .catch(undefined)
    .transform((value) => value ?? undefined);

export const maybeText = maybe(z.string());
export const maybeTime = maybe(time);

/** Those of its elements that make sense; none where it is no list. */
export const list = <T>(schema: z.ZodType<T>) =>
  z
    .array(z.unknown())
    .catch([])
    .transform((elements) => elements.flatMap((element) => schema.safeParse(element).data ?? []));
