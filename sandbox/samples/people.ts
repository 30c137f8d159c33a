/** The network's name in handles on record, whatever port it runs on. */
export const domain = "nordwind.social";

export interface Person {
  readonly handle: string;
  readonly display: string;
  /** What the person says of themselves on the network. */
  readonly note: string;
  readonly followers: number;
  /** The record in the CRM that has this handle on it; without one nobody there knows who this is. */
  readonly known?: { readonly object: "Contact" | "Lead"; readonly ref: string };
}

/** The airline whose service this is about. */
export const company: Person = {
  handle: "nordwind",
  display: "Nordwind Airlines",
  note: "The north, on time. We answer here every day from 6 to 22. Booking codes by private message only, please.",
  followers: 84_300,
};

/** Fifteen people who talk to Nordwind or past it: seven are on record, two only look like somebody who is. */
export const people: readonly Person[] = [
  {
    handle: "anna",
    display: "Anna Berg",
    note: "Fotografin zwischen Hamburg und Oslo. Berg Bildwerk.",
    followers: 1_240,
    known: { object: "Contact", ref: "contact-anna-berg" },
  },
  {
    handle: "anna_bergmann",
    display: "Anna Bergmann",
    note: "Studying marine biology in Bergen. Always cold, never bored.",
    followers: 312,
  },
  {
    handle: "lukas_weber",
    display: "Lukas Weber",
    note: "Disponent bei Weber Logistik. Fliegt öfter, als er möchte.",
    followers: 540,
    known: { object: "Contact", ref: "contact-lukas-weber" },
  },
  {
    handle: "lucas_w",
    display: "Lucas Weber",
    note: "Triathlete. My bike has more miles in the air than I have.",
    followers: 2_870,
  },
  {
    handle: "carmen_ruiz",
    display: "Carmen Ruiz Ortega",
    note: "Aceite de oliva de Jaén para el mundo. Olivar del Sur.",
    followers: 905,
    known: { object: "Contact", ref: "contact-carmen-ruiz" },
  },
  {
    handle: "tom_okafor",
    display: "Tom Okafor",
    note: "Architect, father of three, window seat. Opinions are load-bearing.",
    followers: 4_120,
    known: { object: "Contact", ref: "contact-tom-okafor" },
  },
  {
    handle: "jp_moreau",
    display: "Jean-Pierre Moreau",
    note: "J'organise des voyages de groupe depuis Lyon. Moreau Événements.",
    followers: 760,
    known: { object: "Lead", ref: "lead-jp-moreau" },
  },
  {
    handle: "priya_n",
    display: "Priya Nair",
    note: "Head of operations at Northlight Consulting. Forty people, nine cities, one spreadsheet.",
    followers: 1_980,
    known: { object: "Lead", ref: "lead-priya-nair" },
  },
  {
    handle: "fatima_z",
    display: "Fatima Zahra Idrissi",
    note: "Atlas Découverte, agence de voyages à Rabat.",
    followers: 3_310,
    known: { object: "Lead", ref: "lead-fatima-idrissi" },
  },
  {
    handle: "sofie_lund",
    display: "Sofie Lund",
    note: "Two small children, one large pushchair. Trondheim.",
    followers: 188,
  },
  {
    handle: "marek_d",
    display: "Marek Dvořák",
    note: "Praha / Oslo. Trains when I can, planes when I must.",
    followers: 431,
  },
  {
    handle: "yuki_travels",
    display: "Yuki Tanaka 🧭",
    note: "Slow travel, fast shutter. New story every Friday.",
    followers: 48_700,
  },
  {
    handle: "greta_h",
    display: "Greta Holm",
    note: "Nurse. Night shifts and early flights.",
    followers: 97,
  },
  {
    handle: "oslo_daily",
    display: "The Oslo Daily",
    note: "What the city talks about, twice a day.",
    followers: 126_000,
  },
  {
    handle: "bargain_wings",
    display: "✈️ Bargain Wings ✈️",
    note: "CHEAP flights!!! Follow for daily codes.",
    followers: 15,
  },
];
