import type { LexiconText } from "./lexicon.ts";

/** Words and weights are our own, written for what customers say to companies. */
export const german: LexiconText = {
  language: "de",
  polar: [
    [
      0.9,
      `
          großartig, fantastisch, hervorragend, ausgezeichnet, perfekt, genial, überragend, spitze,
          spitzenklasse, traumhaft, exzellent, beste, bester, bestes, besten, liebe euch, liebe es, begeistert,
          tausend dank, vielen lieben dank`,
    ],
    [
      0.6,
      `
          super, toll, klasse, prima, wunderbar, schön, herrlich, vorbildlich, großes lob, lob, danke,
          dankeschön, vielen dank, herzlichen dank, besten dank, dankbar, glücklich, freue mich, gefreut,
          freut mich, top, hut ab, weiter so, gut gemacht, kompetent, zuvorkommend, herzlich, sehr zufrieden,
          empfehlenswert, weiterempfehlen`,
    ],
    [
      0.4,
      `
          gut, nett, freundlich, hilfsbereit, hilfreich, zufrieden, zuverlässig, pünktlich, schnell, bequem,
          sauber, angenehm, gerne, gern, entspannt, reibungslos, problemlos, einfach, lecker, höflich,
          professionell, geklappt, funktioniert, gelöst, erledigt, geholfen, freude, lustig, cool, kein problem,
          keine probleme`,
    ],
    [
      -0.3,
      `
          leider, warten, warte, wartet, gewartet, langsam, spät, teuer, kompliziert, unklar, problem, probleme,
          fehler, schwierig, eng, laut, kalt, umständlich, schade, verspätet, verspätung, gebühr, gebühren,
          fehlt, fehlen, fehlte, vermisse, vermisst, sorgen, müde, beschwerde, beschweren, stunden`,
    ],
    [
      -0.5,
      `
          schlecht, schlechter, schlechte, enttäuscht, enttäuschend, enttäuschung, ärgerlich, verärgert, ärger,
          ärgert, genervt, nervig, nervt, unfreundlich, unhöflich, unzuverlässig, unpünktlich, unprofessionell,
          inkompetent, kaputt, beschädigt, defekt, verloren, verschwunden, gestrichen, annulliert, storniert,
          ausgefallen, abgesagt, verpasst, sitzen gelassen, im stich gelassen, hängen gelassen, gestrandet,
          dreckig, schmutzig, ekelhaft, ekelig, überbucht, ignoriert, ignoriert mich, abgewimmelt, hingehalten,
          aufgelegt, niemand hilft, keiner hilft, niemand antwortet, keiner antwortet, niemand meldet sich,
          keiner meldet sich, keine antwort, keine reaktion, keine rückmeldung, keine hilfe, keine info,
          keine ahnung, nie angekommen, nicht angekommen, nicht da, geht nicht, geht gar nicht,
          funktioniert nicht, klappt nicht, lädt nicht, nie wieder, nicht zufrieden, unzufrieden,
          nicht in ordnung, nicht gut, falsch, mangelhaft, sauer, traurig, wütend, stress, chaos, chaotisch,
          peinlich, lächerlich, traurig, unverschämt, dumm, blöd, doof, mies, miese, mist, lügen, gelogen,
          doppelt abgebucht, zu viel berechnet, geld zurück, verarscht, warteschleife, immer noch nicht,
          immer noch kein, immer noch keine, seit wochen, seit tagen, seit stunden`,
    ],
    [
      -0.75,
      `
          schrecklich, furchtbar, katastrophe, katastrophal, unterirdisch, grauenhaft, grottig, grottenschlecht,
          unfassbar, unmöglich, inakzeptabel, unerhört, skandal, skandalös, frechheit, unverschämtheit, zumutung,
          abzocke, betrug, betrüger, betrogen, hasse, hass, scheiße, scheiss, scheiß, verdammt, beschissen,
          saftladen, sauerei, schande, schlimm, schlimmste, schlimmster, schlechteste, schlechtester, wertlos,
          nutzlos, armselig, danke für nichts, danke für gar nichts, ein witz, eine frechheit, anwalt, klage,
          anzeige, gefährlich, rassistisch, diskriminiert, gehackt, boykott, asozial`,
    ],
  ],
  negators: "nicht, kein, keine, keinen, keiner, keinem, nie, niemals, nichts, niemand, ohne, weder, kaum",
  boosters: `
        sehr, so, total, absolut, extrem, wirklich, echt, richtig, völlig, voll, mega, unglaublich, besonders,
        viel zu, zu, höchst, überaus, einfach nur`,
  softeners: "etwas, ein bisschen, bisschen, ein wenig, eher, fast, ziemlich, halbwegs, einigermaßen",
  contrasts: "aber, jedoch, trotzdem, allerdings, nur, leider, doch",
  questions: `
        wie, was, wann, wo, woher, wohin, wer, wen, wem, welche, welcher, welches, warum, wieso, weshalb,
        wieviel, kann ich, kann man, können sie, könnt ihr, könnten sie, könntet ihr, gibt es, ist es, ist der,
        ist die, ist das, sind, seid ihr, habt ihr, haben sie, darf ich, muss ich, wird, werden, weiß jemand,
        weiß jemand ob, ob, stimmt es`,
  requests: `
        bitte, hilfe, helft, helfen sie, hilft mir, könnt ihr, können sie, könnten sie, könntet ihr, ich brauche,
        brauche, benötige, ich möchte, möchte, ich will, ich hätte gern, hätte gerne, meldet euch,
        melden sie sich, ruft mich, schreibt mir, schickt mir, sagt mir, gebt mir, bitte um, erstattung,
        erstatten, rückerstattung, entschädigung, umbuchen, umbuchung, stornieren, ändern, klärt das,
        kümmert euch, wünsche mir`,
  thanks: `
        danke, dankeschön, vielen dank, herzlichen dank, besten dank, tausend dank, dankbar, lob, großes lob,
        gut gemacht, hut ab, weiter so`,
  troubles: `
        verspätet, verspätung, gestrichen, annulliert, ausgefallen, verloren, beschädigt, kaputt, defekt, fehlt,
        nicht angekommen, nie angekommen, nicht da, geht nicht, funktioniert nicht, klappt nicht, lädt nicht,
        keine antwort, niemand antwortet, keiner antwortet, niemand hilft, keiner hilft, keine rückmeldung,
        warteschleife, immer noch nicht, immer noch kein, immer noch keine, seit wochen, seit tagen,
        seit stunden, warte seit, doppelt abgebucht, geld zurück, beschwerde, problem mit, probleme mit,
        verpasst, überbucht, falsch`,
  endings: [
    ["e", ""],
    ["er", ""],
    ["es", ""],
    ["en", ""],
    ["em", ""],
    ["ste", ""],
    ["sten", ""],
    ["t", "en"],
    ["n", ""],
  ],
};
