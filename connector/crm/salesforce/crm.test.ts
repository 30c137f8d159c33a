import { crmContract } from "../../../test/contracts/crm.ts";
import { openSalesforcePlace } from "../../../test/contracts/crm/salesforce-place.ts";

crmContract(openSalesforcePlace);
