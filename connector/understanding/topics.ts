import { toPhrases } from "./lexicon/lexicon.ts";
import { findPhrases, toPhraseBook } from "./phrases.ts";

/** What customers write about, whatever the company sells. Phrases of all our languages, in the dictionary's spelling. */
const TOPICS: Readonly<Record<string, string>> = {
  delivery: `
        bag, bags, baggage, luggage, suitcase, suitcases, parcel, package, delivery, deliver, delivered,
        shipping, shipment, tracking, carousel, lost and found, never arrived, gepäck, koffer, tasche, paket,
        lieferung, geliefert, sendung, zustellung, equipaje, maleta, maletas, paquete, envío, entrega, entregado,
        bagage, bagages, valise, valises, colis, livraison, livré`,
  delay: `
        delay, delays, delayed, late, cancelled, cancel, cancellation, diverted, rescheduled, missed connection,
        missed my connection, stranded, on time, waiting for, verspätung, verspätet, gestrichen, annulliert,
        ausgefallen, pünktlich, retraso, retrasado, demora, cancelado, cancelada, cancelaron, puntual, retard,
        annulé, annulée, à l'heure`,
  billing: `
        bill, billing, invoice, charge, charged, overcharged, payment, pay, paid, price, prices, fee, fees,
        refund, refunded, money, voucher, credit card, receipt, reimburse, reimbursement, compensation, rechnung,
        bezahlt, zahlung, preis, preise, gebühr, gebühren, erstattung, rückerstattung, geld, gutschein,
        abgebucht, entschädigung, factura, cobro, cobraron, pago, precio, tarifa, reembolso, dinero, devolución,
        facture, paiement, prix, frais, remboursement, argent, remboursez, débité`,
  account: `
        account, password, login, log in, log on, sign in, sign up, profile, membership, member number,
        frequent flyer, miles, points, loyalty, konto, passwort, anmelden, einloggen, meilen, punkte, cuenta,
        contraseña, iniciar sesión, millas, puntos, compte, mot de passe, connexion, me connecter,
        points de fidélité`,
  booking: `
        book, booking, booked, rebook, rebooked, reservation, reserve, reserved, seat, seats, ticket, tickets,
        fare, fares, upgrade, check in, boarding pass, order, ordered, buchen, buchung, gebucht, umbuchen,
        umbuchung, reservierung, sitzplatz, ticket, bestellung, bestellt, reserva, reservar, asiento, boleto,
        billete, pasaje, pedido, réservation, réserver, réservé, siège, billet, commande, commandé`,
  staff: `
        staff, crew, agent, agents, attendant, attendants, employee, employees, representative, rep, reps,
        manager, supervisor, pilot, customer service, hotline, call center, personal, mitarbeiter, mitarbeiterin,
        crew, kundendienst, kundenservice, personal de, empleado, empleados, azafata, tripulación,
        atención al cliente, personnel, employé, employée, employés, équipage, hôtesse, service client`,
  app: `
      app, website, web site, site, page, online, browser, link, server, wifi, wi fi, update, bug, crash,
      crashes, loading, chat, webseite, seite, internetseite, aplicación, página, web, sitio, application,
      site internet, appli`,
  safety: `
        unsafe, fire, smoke, smoking engine, injured, injury, bleeding, hospital, ambulance, emergency,
        emergency landing, allergic, allergic reaction, choking, unconscious, heart attack, exploded, burnt,
        gas leak, feuer, rauch, verletzt, verletzung, krankenhaus, notfall, notlandung, brennt, unsicher, fuego,
        humo, herido, herida, emergencia, hospitalizado, incendio, feu, fumée, blessé, blessée, hôpital,
        urgence médicale, incendie`,
  security: `
        hacked, hacker, hackers, pwned, pwn, phishing, data breach, breach, leaked my, stolen account,
        identity theft, malware, warez, exploit, gehackt, datenleck, phishing mail, hackeado, jaqueado,
        suplantación, piraté, piratage, hameçonnage`,
  legal: `
        lawyer, attorney, sue, suing, lawsuit, court, legal action, police, discrimination, discriminated,
        racist, racism, sexist, harassed, harassment, assaulted, anwalt, rechtsanwalt, klage, verklagen, gericht,
        polizei, anzeige erstatten, diskriminierung, diskriminiert, rassistisch, rassismus, belästigt, abogado,
        demanda, demandar, tribunal, policía, denunciar, discriminación, racista, acoso, avocat, porter plainte,
        police, raciste, harcèlement`,
};

/** All that `toTopics` answers. */
export const TOPIC_NAMES: readonly string[] = [...Object.keys(TOPICS), "other"];

const topicOf = Object.entries(TOPICS).flatMap(([topic, list]) =>
  toPhrases(list).map((phrase) => [phrase, topic] as const),
);
const book = toPhraseBook(topicOf);

/** Any single word of a topic's phrases. */
export const topicWords: ReadonlySet<string> = new Set(topicOf.flatMap(([phrase]) => phrase.split(" ")));

/** What the words are about, in the order of the list; `other` where it is none of these. */
export function toTopics(words: readonly string[]): readonly string[] {
  const found = new Set(findPhrases(words, book).map(({ value }) => value));
  return found.size === 0 ? ["other"] : Object.keys(TOPICS).filter((topic) => found.has(topic));
}
