/** What the org knows about its objects: the standard ones, and those read from metadata. */
export interface Schema {
  /** All objects in the order of their names. */
  readonly objects: readonly ObjectType[];
  /** By API name, whatever its case. */
  object(name: string): ObjectType | undefined;
  /** By the first three characters of an id. */
  objectOf(id: string): ObjectType | undefined;
}

export interface ObjectType {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  readonly keyPrefix: string;
  readonly custom: boolean;
  /** The org-wide default: who sees and edits the rows of others. */
  readonly sharing: "ReadWrite" | "Read" | "Private";
  /** Setup objects (users, statuses, queues) are read by everybody and written by nobody over the API. */
  readonly setup: boolean;
  /** Its rows are found by global search and by the search API. */
  readonly searchable: boolean;
  /** The object whose field history these rows are: read by whoever reads that one, written by the org alone. */
  readonly historyOf?: string;
  readonly fields: readonly Field[];
  /** By API name, whatever its case. */
  field(name: string): Field | undefined;
  /** The lookup field behind a parent relationship such as `Persona__r` or `Owner`. */
  parent(relationship: string): Field | undefined;
  readonly children: readonly ChildRelationship[];
  readonly rules: readonly ValidationRule[];
}

/** The types as `describe` names them. */
export type FieldType =
  | "id"
  | "reference"
  | "string"
  | "textarea"
  | "picklist"
  | "multipicklist"
  | "combobox"
  | "boolean"
  | "int"
  | "double"
  | "currency"
  | "percent"
  | "date"
  | "datetime"
  | "email"
  | "phone"
  | "url";

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly help?: string;
  readonly type: FieldType;
  readonly custom: boolean;
  readonly length?: number;
  readonly precision?: number;
  readonly scale?: number;
  /** Long text: neither filtered nor sorted. */
  readonly long: boolean;
  /** The page and the API insist on a value. */
  readonly required: boolean;
  readonly unique: boolean;
  readonly caseSensitive: boolean;
  readonly externalId: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  /** Hidden unless a profile or a permission set shows it. */
  readonly permissionable: boolean;
  /** The row's name as people see it: Name, CaseNumber, Subject. */
  readonly nameField: boolean;
  readonly picklist?: Picklist;
  readonly reference?: Reference;
  /** `SP-{0000000}`: the org numbers the rows itself. */
  readonly autoNumber?: string;
  readonly defaultValue?: string | number | boolean;
  /** Read through a parent and never stored: Case.ContactEmail is `Contact.Email`. */
  readonly path?: string;
  /** Answered for each asking user from what they looked at: LastViewedDate. */
  readonly perUser: boolean;
  /** Each change of it becomes a row of the object's field history. */
  readonly tracked?: boolean;
}

export interface Picklist {
  readonly restricted: boolean;
  readonly values: readonly PicklistValue[];
}

export interface PicklistValue {
  readonly value: string;
  readonly label: string;
  readonly isDefault: boolean;
}

export interface Reference {
  /** More than one: polymorphic, as Owner (User, Group) and Who (Contact, Lead). */
  readonly to: readonly string[];
  /** `Persona__r`, `Owner`. */
  readonly relationship: string;
}

export interface ChildRelationship {
  /** `Social_Posts__r`, `Cases`. */
  readonly name: string;
  readonly object: string;
  readonly field: string;
}

export interface ValidationRule {
  readonly name: string;
  readonly formula: string;
  readonly message: string;
  readonly field?: string;
}
