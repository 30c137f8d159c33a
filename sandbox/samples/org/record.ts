/** A field's value; `{ ref }` is the id of the record with that ref, once it is inserted. */
export type FieldValue = string | number | boolean | null | { readonly ref: string };

/** A record to insert. */
export interface SampleRecord {
  readonly object: string;
  readonly ref: string;
  readonly fields: Readonly<Record<string, FieldValue>>;
}
