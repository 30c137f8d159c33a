import type { LexiconText } from "./lexicon.ts";

/** Words and weights are our own, written for what customers say to companies. */
export const spanish: LexiconText = {
  language: "es",
  polar: [
    [
      0.9,
      `
          excelente, increíble, fantástico, maravilloso, perfecto, genial, espectacular, impecable, estupendo,
          el mejor, la mejor, los mejores, me encanta, encantado, encantada, mil gracias, muchísimas gracias`,
    ],
    [
      0.6,
      `
          gracias, muchas gracias, agradecido, agradecida, agradezco, feliz, contento, contenta, felicidades,
          felicitaciones, enhorabuena, bravo, muy bien, buen trabajo, gran trabajo, recomiendo, recomendable,
          hermoso, bonito, precioso, encantador, gran servicio, buen servicio, satisfecho, satisfecha`,
    ],
    [
      0.4,
      `
          bueno, buena, buen, bien, amable, atento, simpático, rápido, fácil, puntual, cómodo, limpio, útil,
          eficiente, profesional, me gusta, me gustó, gusta, mejor, resuelto, solucionado, divertido, tranquilo,
          rico, delicioso, seguro, fiable, sin problemas`,
    ],
    [
      -0.3,
      `
          esperar, esperando, espera, espero desde, lento, tarde, caro, problema, problemas, error, errores,
          difícil, complicado, confuso, retraso, retrasado, demora, demoras, lástima, falta, faltan, cobran,
          cobraron, queja, quejas, reclamo, reclamación, horas, frío, sucio, cansado, preocupado,
          desgraciadamente, lamentablemente`,
    ],
    [
      -0.5,
      `
          malo, mala, mal, decepción, decepcionado, decepcionada, decepcionante, molesto, molesta, enojado,
          enfadado, frustrado, frustrante, perdido, perdida, perdieron, perdió, dañado, dañada, roto, rota,
          cancelado, cancelada, cancelaron, canceló, cancelan, varado, tirado, tirados, ignoran, ignorado,
          nadie responde, nadie contesta, nadie ayuda, nadie atiende, nadie me ayuda, no responden, no contestan,
          no atienden, no funciona, no sirve, no carga, no llegó, no ha llegado, nunca llegó, no me deja,
          no puedo, sin respuesta, sin solución, sin ayuda, nunca más, maleducado, grosero, antipático,
          incompetente, inútil, asco, asqueroso, triste, estrés, caos, mentira, mentiras, mienten, mentirosos,
          falso, cobrado dos veces, doble cobro, devuelvan, devuélvanme, mi dinero, me colgaron, todavía no,
          aún no, sigo esperando, sigo sin, llevo horas, llevo días, llevo semanas`,
    ],
    [
      -0.75,
      `
          terrible, horrible, pésimo, pésima, fatal, espantoso, vergonzoso, vergüenza, inaceptable, ridículo,
          indignante, indignado, desastre, desastroso, peor, el peor, la peor, odio, estafa, estafadores,
          ladrones, robo, fraude, mierda, puta, joder, maldito, basura, gracias por nada, una burla, abogado,
          demanda, denuncia, denunciar, peligroso, racista, discriminación, hackeado, jaqueado, boicot`,
    ],
  ],
  negators: "no, nunca, jamás, nada, nadie, ningún, ninguna, ninguno, sin, tampoco, ni",
  boosters: `
        muy, tan, super, súper, demasiado, totalmente, absolutamente, realmente, completamente, extremadamente,
        bastante, más, mucho, mucha`,
  softeners: "un poco, algo, casi, más o menos, apenas",
  contrasts: "pero, sin embargo, aunque, lamentablemente",
  questions: `
        cómo, como puedo, qué, cuándo, dónde, cuál, cuáles, quién, por qué, cuánto, cuánta, cuántos, puedo,
        se puede, pueden, podrían, podría, hay, es posible, tienen, alguien sabe, saben, sabe alguien`,
  requests: `
        por favor, ayuda, ayúdenme, ayúdame, me ayudan, necesito, quiero, quisiera, me gustaría, pueden, podrían,
        podría, respondan, contesten, llámenme, escríbanme, díganme, envíenme, solución, solucionen, reembolso,
        devolución, compensación, indemnización, cambiar mi, cancelar mi, exijo, solicito`,
  thanks: `
        gracias, muchas gracias, mil gracias, muchísimas gracias, agradecido, agradecida, agradezco, felicidades,
        enhorabuena, buen trabajo, gran trabajo`,
  troubles: `
        retraso, retrasado, demora, cancelado, cancelada, cancelaron, perdido, perdida, perdieron, dañado, roto,
        rota, no funciona, no llegó, no ha llegado, nunca llegó, nadie responde, nadie contesta, nadie ayuda,
        no responden, no contestan, no me deja, no puedo, sin respuesta, todavía no, aún no, sigo esperando,
        sigo sin, llevo horas, llevo días, llevo semanas, doble cobro, mi dinero, queja, problema con, error`,
  endings: [
    ["s", ""],
    ["es", ""],
    ["a", "o"],
    ["as", "o"],
    ["os", "o"],
    ["ísimo", "o"],
    ["ísima", "o"],
  ],
};
