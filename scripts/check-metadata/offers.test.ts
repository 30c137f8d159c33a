import { package_, saidAfter, saidOf } from "./changed-metadata.ts";

const lwc = `${package_}/lwc`;
const timeline = `${lwc}/socialTimeline/socialTimeline.js-meta.xml`;
const lead = `${package_}/flexipages/Social_Lead_Page.flexipage-meta.xml`;

describe("what a component offers", () => {
  test.each([
    [
      "a property its script does not take",
      timeline,
      'name="hideAnswer"',
      'name="hideAll"',
      "offers hideAll, which its script does not take",
    ],
    ["a property of no type", timeline, 'type="Boolean"', 'type="Bool"', "has a property of unknown type: Bool"],
    ["an object that is not there", timeline, "<object>Lead<", "<object>Led<", "is for no object: Led"],
    [
      "a target that it does not have",
      timeline,
      'targets="lightning__RecordPage"',
      'targets="lightning__AppPage"',
      "configures lightning__AppPage, no target of its own",
    ],
    ["nothing to page builders", timeline, "<isExposed>true<", "<isExposed>false<", "has targets but is not exposed"],
  ])("%s", (_name, path, from, to, message) => {
    expect(saidAfter(path, from, to)).toContain(`socialTimeline.js-meta.xml: ${message}`);
  });

  test("and a page asks for something else", () => {
    expect(saidAfter(lead, "<name>hideAnswer<", "<name>hideAll<")).toEqual([
      "Social_Lead_Page.flexipage-meta.xml: c:socialTimeline has no property hideAll",
    ]);
    expect(saidAfter(lead, ">force:detailPanel<", ">force:detailPanels<")).toEqual([
      "Social_Lead_Page.flexipage-meta.xml: no component force:detailPanels",
    ]);
  });
});

describe("a change event", () => {
  const at = (name: string) => `${package_}/platformEventChannelMembers/${name}.platformEventChannelMember-meta.xml`;
  const member = (channel: string, entity: string) =>
    `<PlatformEventChannelMember><eventChannel>${channel}</eventChannel>` +
    `<selectedEntity>${entity}</selectedEntity></PlatformEventChannelMember>`;

  test("of an object that is there", () => {
    const name = "ChangeEvents_Social_Persona_ChangeEvent";
    expect(saidOf(at(name), member("ChangeEvents", "Social_Persona__ChangeEvent"))).toEqual([]);
  });

  test.each([
    [
      "ChangeEvents_Social_Person_ChangeEvent",
      "ChangeEvents",
      "Social_Person__ChangeEvent",
      "is about no object: Social_Person__ChangeEvent",
    ],
    ["Nowhere_chn_CaseChangeEvent", "Nowhere__chn", "CaseChangeEvent", "no channel Nowhere__chn"],
    [
      "Persona_Changes",
      "ChangeEvents",
      "Social_Persona__ChangeEvent",
      "must be named ChangeEvents_Social_Persona_ChangeEvent",
    ],
  ])("%s", (name, channel, entity, message) => {
    expect(saidOf(at(name), member(channel, entity))).toEqual([
      `${name}.platformEventChannelMember-meta.xml: ${message}`,
    ]);
  });
});
