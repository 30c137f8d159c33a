import { package_, saidAfter } from "./changed-metadata.ts";

const rep = `${package_}/permissionsets/Social_Rep.permissionset-meta.xml`;
const page = `${package_}/flexipages/Social_Case_Page.flexipage-meta.xml`;
const app = `${package_}/applications/Earshot.app-meta.xml`;
const objects = `${package_}/objects`;
const view = `${objects}/Social_Reply__c/listViews/Failed_Or_Checking.listView-meta.xml`;
const timeline = `${package_}/lwc/socialTimeline/socialTimeline.js-meta.xml`;

describe("what names other components", () => {
  test.each([
    [
      "permission on a field",
      rep,
      ">Case.Social_Persona__c<",
      ">Case.Social_Person__c<",
      "Case has no field Social_Person__c",
    ],
    [
      "permission by Activity",
      rep.replace("Social_Rep", "Social_Connector"),
      ">Task.Social_Post_Key",
      ">Activity.Social_Post_Key",
      "Social_Post_Key__c must be named by Task or Event, not Activity",
    ],
    ["permission on an object", rep, "<object>Social_Post__c<", "<object>Social_Pots__c<", "no object Social_Pots__c"],
    [
      "permission on Task",
      rep,
      "<object>Social_Post__c<",
      "<object>Task<",
      "Task has no object permissions: use EditTask",
    ],
    [
      "permission to all alike",
      rep,
      ">Social_Post__c.Text__c<",
      ">Social_Post__c.Private_Text__c<",
      "opens Social_Post__c.Private_Text__c",
    ],
    [
      "permission to all alike on an answer",
      rep,
      ">Social_Reply__c.Text__c<",
      ">Social_Reply__c.Private_Text__c<",
      "opens Social_Reply__c.Private_Text__c",
    ],
    ["tab in a permission set", rep, "<tab>Social_Inbox<", "<tab>Social_Outbox<", "no tab Social_Outbox"],
    ["component on a page", page, ">c:socialReply<", ">c:socialAnswer<", "no component c:socialAnswer"],
    [
      "field on a page",
      page,
      /<componentInstance>\s*<componentName>c:socialClock<[\s\S]*?<\/componentInstance>/,
      "<fieldInstance><fieldItem>Record.Social_Post_At__c</fieldItem><identifier>Clock</identifier></fieldInstance>",
      "shows no field: Record.Social_Post_At__c",
    ],
    ["identifier on a page", page, ">c_socialReply<", ">c_socialTimeline<", "uses an identifier twice"],
    [
      "target of a component",
      timeline,
      ">lightning__RecordPage<",
      ">lightning__HomePage<",
      "c:socialTimeline has no target lightning__RecordPage",
    ],
    ["version of a component", timeline, ">66.0<", ">65.0<", "has API version 65.0, the project 66.0"],
    ["tab of the app", app, "<tabs>Social_Post__c<", "<tabs>Social_Pots__c<", "no tab Social_Pots__c"],
    ["page of the app", app, ">Social_Lead_Page<", ">Social_Case_Page<", "Social_Case_Page is no page for Lead"],
    [
      "label in a component",
      `${package_}/labels/CustomLabels.labels-meta.xml`,
      ">Social_Somebody<",
      ">Social_Nobody<",
      "no @salesforce/label/c.Social_Somebody",
    ],
    ["column of a list view", view, ">Route__c<", ">Rote__c<", "Social_Reply__c has no field Rote__c"],
    ["filter of a list view", view, "Failed,", "Fialed,", "filters by a value that is none: Fialed"],
  ])("%s", (_name, path, from, to, message) => {
    const said = saidAfter(path, from, to);
    expect(said.map((one) => one.slice(one.indexOf(": ") + 2))).toContain(message);
  });
});
