import type { LexiconText } from "./lexicon.ts";

/** Words and weights are our own, written for what customers say to companies. */
export const french: LexiconText = {
  language: "fr",
  polar: [
    [
      0.9,
      `
          excellent, incroyable, fantastique, merveilleux, merveilleuse, parfait, génial, géniale, superbe,
          exceptionnel, formidable, impeccable, extraordinaire, le meilleur, la meilleure, les meilleurs,
          j'adore, adoré, merci infiniment, mille mercis, un grand merci`,
    ],
    [
      0.6,
      `
          merci, merci beaucoup, merci bien, remercie, reconnaissant, reconnaissante, heureux, heureuse, ravi,
          ravie, content, contente, bravo, félicitations, chapeau, bon travail, beau travail, recommande, super,
          top, magnifique, beau, belle, charmant, satisfait, satisfaite, très bien`,
    ],
    [
      0.4,
      `
          bon, bonne, bien, gentil, gentille, aimable, sympa, sympathique, serviable, rapide, facile, ponctuel,
          confortable, propre, utile, efficace, professionnel, agréable, souriant, j'aime, aimé, mieux, résolu,
          réglé, délicieux, drôle, fiable, sans problème, à l'heure`,
    ],
    [
      -0.3,
      `
          attendre, attends, attente, attendu, lent, lente, tard, retard, retards, en retard, cher, chère,
          problème, problèmes, erreur, erreurs, difficile, compliqué, dommage, manque, manquant, frais, facturé,
          réclamation, plainte, heures, froid, sale, fatigué, inquiet, inquiète, malheureusement, hélas, bloqué,
          bloquée, coincé, coincée`,
    ],
    [
      -0.5,
      `
          mauvais, mauvaise, mal, déçu, déçue, décevant, déception, énervé, énervant, agacé, frustré, frustrant,
          fâché, en colère, colère, perdu, perdue, perdus, perdues, abîmé, abîmée, endommagé, endommagée, cassé,
          cassée, annulé, annulée, annulation, ignoré, ignorée, ignorez, abandonné, personne ne répond,
          personne ne m'aide, personne n'aide, aucune réponse, aucune aide, aucune solution, aucune nouvelle,
          pas de réponse, pas de solution, pas de nouvelles, sans réponse, sans nouvelles, ne marche pas,
          marche pas, ne fonctionne pas, fonctionne pas, n'est pas arrivé, n'est pas arrivée,
          n'est jamais arrivé, n'est jamais arrivée, jamais arrivé, jamais arrivée, jamais reçu, plus jamais,
          impoli, désagréable, incompétent, incompétents, inutile, nul, nulle, dégoûtant, dégueulasse, triste,
          stress, chaos, mensonge, mensonges, mentez, menteurs, faux, débité deux fois, rendez, remboursez,
          mon argent, raccroché, toujours pas, toujours rien, toujours aucune, depuis des heures,
          depuis des jours, depuis des semaines, ras le bol, marre`,
    ],
    [
      -0.75,
      `
          terrible, horrible, affreux, épouvantable, catastrophe, catastrophique, lamentable, honteux, honte,
          une honte, inadmissible, inacceptable, scandaleux, scandale, ridicule, pire, le pire, la pire, déteste,
          arnaque, arnaqueurs, voleurs, vol de, fraude, merde, putain, bordel, connards, foutage de gueule,
          poubelle, merci pour rien, merci pour rien du tout, une blague, avocat, tribunal, porter plainte,
          dangereux, raciste, discrimination, piraté, boycott`,
    ],
  ],
  negators: "pas, ne, jamais, rien, aucun, aucune, personne, sans, ni, guère",
  boosters: `
        très, trop, si, tellement, vraiment, totalement, absolument, complètement, extrêmement, super, hyper,
        plus, vachement`,
  softeners: "un peu, assez, plutôt, presque, quasi, à peine",
  contrasts: "mais, cependant, pourtant, toutefois, malheureusement",
  questions: `
        comment, quand, où, pourquoi, combien, quel, quelle, quels, quelles, qui, que, quoi, est ce, est ce que,
        qu'est ce, puis je, peut on, pouvez vous, pourriez vous, y a t il, avez vous, êtes vous, savez vous,
        quelqu'un sait`,
  requests: `
        s'il vous plaît, s'il te plaît, aide, aidez moi, aidez, besoin, j'ai besoin, je veux, je voudrais,
        j'aimerais, je souhaite, pouvez vous, pourriez vous, répondez, appelez moi, écrivez moi, dites moi,
        envoyez moi, rappelez moi, remboursement, rembourser, indemnisation, dédommagement, modifier mon,
        annuler mon, j'exige, merci de`,
  thanks: `
        merci, merci beaucoup, merci infiniment, un grand merci, mille mercis, remercie, reconnaissant, bravo,
        félicitations, chapeau, bon travail, beau travail`,
  troubles: `
        retard, en retard, annulé, annulée, perdu, perdue, abîmé, abîmée, endommagé, endommagée, cassé, cassée,
        ne marche pas, marche pas, ne fonctionne pas, fonctionne pas, n'est pas arrivé, n'est pas arrivée,
        n'est jamais arrivé, n'est jamais arrivée, jamais arrivé, jamais arrivée, jamais reçu,
        personne ne répond, aucune réponse, pas de réponse, sans réponse, sans nouvelles, toujours pas,
        toujours rien, depuis des heures, depuis des jours, depuis des semaines, débité deux fois, mon argent,
        réclamation, problème avec, erreur, bloqué, bloquée, coincé`,
  endings: [
    ["s", ""],
    ["e", ""],
    ["es", ""],
    ["x", ""],
    ["ement", ""],
  ],
};
