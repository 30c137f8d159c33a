import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { openDirectory } from "./directory.ts";

/** What a customer's administrator has made in Setup. `file`: below the source folder. */
export interface Made {
  readonly file: string;
  readonly xml: string;
}

/** A metadata folder that holds this, gone when it is disposed of. */
export async function openCustomerMetadata(...made: readonly Made[]): ReturnType<typeof openDirectory> {
  const directory = await openDirectory();
  for (const { file, xml } of made) {
    const place = path.join(directory.path, file);
    await mkdir(path.dirname(place), { recursive: true });
    await writeFile(place, `<?xml version="1.0" encoding="UTF-8"?>\n${xml}\n`);
  }
  return directory;
}

export function textField(object: string, name: string): Made {
  return {
    file: `objects/${object}/fields/${name}.field-meta.xml`,
    xml: `<CustomField><fullName>${name}</fullName><label>${name}</label><length>80</length><type>Text</type></CustomField>`,
  };
}

export function validationRule(object: string, name: string, formula: string, message: string): Made {
  return {
    file: `objects/${object}/validationRules/${name}.validationRule-meta.xml`,
    xml: `<ValidationRule><fullName>${name}</fullName><active>true</active><errorConditionFormula>${formula}</errorConditionFormula><errorMessage>${message}</errorMessage></ValidationRule>`,
  };
}

/** Who sees the rows of others by the org-wide default: Private, Read or ReadWrite. */
export function orgWideDefault(object: string, sharingModel: string): Made {
  return {
    file: `objects/${object}/${object}.object-meta.xml`,
    xml: `<CustomObject><sharingModel>${sharingModel}</sharingModel></CustomObject>`,
  };
}

/** A role, and the one above it. */
export function role(name: string, above?: string): Made {
  const parent = above === undefined ? "" : `<parentRole>${above}</parentRole>`;
  return { file: `roles/${name}.role-meta.xml`, xml: `<Role><name>${name}</name>${parent}</Role>` };
}

/** A record type that leaves of one picklist these values; one with a star is what new records begin with. */
export function recordType(object: string, name: string, [picklist, ...values]: readonly string[] = []): Made {
  const left = values.map((value) => {
    const isDefault = value.endsWith("*");
    return `<values><fullName>${value.replace("*", "")}</fullName><default>${isDefault}</default></values>`;
  });
  const list =
    picklist === undefined ? "" : `<picklistValues><picklist>${picklist}</picklist>${left.join("")}</picklistValues>`;
  return {
    file: `objects/${object}/recordTypes/${name}.recordType-meta.xml`,
    xml: `<RecordType><fullName>${name}</fullName><active>true</active><label>${name}</label>${list}</RecordType>`,
  };
}

/** The record types (`Case.Complaint`) that holders of a profile may give; the one with a star is their default. */
export function profileWithRecordTypes(profile: string, ...types: readonly string[]): Made {
  const given = types.map((type) => {
    const name = `<recordType>${type.replace("*", "")}</recordType><visible>true</visible>`;
    return `<recordTypeVisibilities><default>${type.endsWith("*")}</default>${name}</recordTypeVisibilities>`;
  });
  return { file: `profiles/${profile}.profile-meta.xml`, xml: `<Profile>${given.join("")}</Profile>` };
}

/** A picklist that takes only these values. */
export function restrictedPicklist(object: string, name: string, ...values: readonly string[]): Made {
  const each = values.map(
    (one) => `<value><fullName>${one}</fullName><default>false</default><label>${one}</label></value>`,
  );
  const set = `<valueSet><restricted>true</restricted><valueSetDefinition><sorted>false</sorted>${each.join("")}</valueSetDefinition></valueSet>`;
  return {
    file: `objects/${object}/fields/${name}.field-meta.xml`,
    xml: `<CustomField><fullName>${name}</fullName><label>${name}</label><type>Picklist</type>${set}</CustomField>`,
  };
}

/** A rule by which two rows alike in this field are duplicates. `action`: what saving the second one meets. */
export function duplicateRule(object: string, field: string, action: "Alert" | "Block"): readonly Made[] {
  const [allow, operations] = action === "Alert" ? ["Allow", "Alert"] : ["Block", ""];
  const on = (when: string) =>
    `<actionOn${when}>${allow}</actionOn${when}>${operations === "" ? "" : `<operationsOn${when}>${operations}</operationsOn${when}>`}`;
  return [
    {
      file: `duplicateRules/${object}.Same_${field}.duplicateRule-meta.xml`,
      xml: `<DuplicateRule>${on("Insert")}${on("Update")}<duplicateRuleMatchRules><matchRuleSObjectType>${object}</matchRuleSObjectType><matchingRule>Same</matchingRule></duplicateRuleMatchRules><isActive>true</isActive></DuplicateRule>`,
    },
    {
      file: `matchingRules/${object}.matchingRule-meta.xml`,
      xml: `<MatchingRules><matchingRules><fullName>Same</fullName><matchingRuleItems><fieldName>${field}</fieldName><matchingMethod>Exact</matchingMethod></matchingRuleItems></matchingRules></MatchingRules>`,
    },
  ];
}
