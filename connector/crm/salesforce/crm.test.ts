import { crmContract } from "../../../test/contracts/crm.ts";
import { openSalesforcePlace } from "../../../test/contracts/crm/salesforce-place.ts";

describe("names as we write them", () => crmContract(openSalesforcePlace));
describe("names of a package with a namespace", () => crmContract(() => openSalesforcePlace(undefined, "earshot")));
