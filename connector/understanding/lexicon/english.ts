import type { LexiconText } from "./lexicon.ts";

/** Words and weights are our own, written for what customers say to companies. */
export const english: LexiconText = {
  language: "en",
  polar: [
    [
      0.9,
      "amazing, awesome, outstanding, phenomenal, fantastic, superb, incredible, magnificent, brilliant, perfect, flawless, exceptional, best, rock, rox, roxxors, love, adore, made my day, above and beyond, second to none, life saver, lifesaver, thank you so much, thanks so much",
    ],
    [
      0.7,
      "excellent, wonderful, great, terrific, fabulous, delightful, lovely, beautiful, gorgeous, stellar, loved, loving, thrilled, delighted, blessed, hero, superstar, kudos, bravo, hats off, well done, good job, great job, nice job, nice work, job well done, praise, win, yay, woohoo, hooray, yummy, delicious, magical, heaven",
    ],
    [
      0.5,
      "good, nice, happy, glad, pleased, impressed, impressive, thank, thanks, thank you, appreciate, appreciated, grateful, enjoy, enjoyed, enjoying, fun, cool, sweet, smooth, friendly, kind, helpful, polite, courteous, professional, comfortable, cozy, comfy, clean, easy, fast, quick, quickly, prompt, safe, safely, reliable, efficient, excited, exciting, recommend, favorite, favourite, congratulations, welcome, enjoyable, pleasant, pleasure, caring, attentive, generous, classy, stylish, spacious, fresh, tasty, charming, proud, pretty, elegant, solved, resolved, fixed, sorted, saved, improved, props, cheers, on time, no problem, no problems, no issues, can't wait, cannot wait, can't complain, keep it up, looking forward, worth it, upgrade, upgraded, early",
    ],
    [
      0.3,
      "better, fine, okay, ok, like, liked, likes, interesting, useful, free, fair, hope, hopefully, decent, calm, cute, neat, works, working, yes, haha, lol, lmao, bless, wow, smile, smiling, laugh, funny, hilarious, understanding, patient, relaxed, relaxing, ready, success, successful, won, honest, fairly priced, affordable, bargain, treat, gift, joy, bonus, reward, rewards, super, supportive, warm, luxury, respect, trust, trusted, wise, smart, clever, creative",
    ],
    [
      -0.25,
      "wait, waiting, waited, slow, late, long, wrong, old, expensive, pricey, fee, fees, charge, charged, hold, miss, missed, missing, confused, confusing, unclear, unsure, hard, difficult, crowded, cramped, loud, noisy, cold, tired, hungry, boring, bored, odd, weird, complicated, inconvenient, issue, issues, problem, problems, error, errors, bug, bugs, glitch, sorry, unfortunately, sadly, hmm, meh, sigh, ugh, bump, tight, short, empty, closed, denied, expired, blocked, restricted, limited, again, still no, why no, why not, no longer, overpriced, complain, complained, complaining, complaint, complaints, delay, rebook, rebooked, overbooked, diverted, bumped, hours, forced, doubt",
    ],
    [
      -0.45,
      "bad, poor, poorly, delayed, delays, cancelled, cancel, cancelling, cancels, cancellation, cancellations, lost, lose, losing, stuck, stranded, broken, broke, break, damaged, damage, cracked, torn, dirty, filthy, smelly, smell, stale, stain, sad, upset, unhappy, annoyed, annoying, annoys, disappointed, disappointing, disappointment, disappoint, dissatisfied, unsatisfied, frustrated, frustrating, frustration, fail, fails, failed, failing, failure, refuse, refused, refuses, ignore, ignored, ignoring, ignores, mess, messed, messed up, screwed, screw, screwed up, sick, ill, hate when, hurt, hurts, pain, painful, angry, mad, cry, crying, tears, stress, stressed, stressful, nightmare, unhelpful, unprofessional, unfriendly, rude, rudely, rudeness, careless, clueless, incompetent, lazy, impolite, arrogant, condescending, dismissive, uncomfortable, unreliable, unfair, unclean, unable, impossible, useless, pointless, waste, wasted, wasting, crap, crappy, lame, dumb, stupid, silly, idiotic, joke, excuse, excuses, blame, lied, lying, lie, lies, liar, misleading, mislead, misled, false, faulty, defective, dead, died, dying, crash, crashed, crashes, frozen, freezes, down, outage, not working, doesn't work, does not work, didn't work, won't work, won't load, won't let me, doesn't load, can't log in, can't get through, cannot get through, no answer, no response, no reply, no help, no one answers, nobody answers, no one answered, nobody answered, no one responds, nobody responds, no one helps, nobody helps, no one cares, nobody cares, not acceptable, not okay, not ok, not cool, not happy, not amused, not impressed, not fair, not good, no update, no updates, no explanation, no apology, no idea, never arrived, never came, never received, never got, never showed, never answered, never replied, never called, never heard back, hung up, hang up, hanging up, on hold, left behind, let down, fed up, gave away, ripped, charged twice, double charged, overcharged, overcharge, owe me, want my money back, money back, still waiting, still haven't, still hasn't, still not, still missing, still nothing, kicked off, turned away, dropped, worried, worry, concerned, afraid, scared, anxious, regret, shame, sucked, gone, stolen, steal, robbed, spam, weak, mediocre, subpar, lacking, lacks, lack, lousy, sloppy, shoddy, shabby, outdated, gross, nasty, ugly, trouble, troubles, struggle, struggling, chaos, chaotic, fiasco, misery, miserable, neglect, neglected, avoid, never again, not again, last time, switching to, go elsewhere, taking my business",
    ],
    [
      -0.7,
      "terrible, horrible, awful, dreadful, atrocious, appalling, abysmal, disgusting, disgusted, disgraceful, disgrace, unacceptable, inexcusable, unbelievable, ridiculous, ridiculously, absurd, outrageous, outraged, furious, livid, enraged, hate, hated, hates, hating, despise, pathetic, worse, suck, sucks, sux, suxxors, suxx, bullshit, bs, fuck, fucks, fucking, fucked, shit, shitty, shitshow, damn, goddamn, hell, asshole, bitch, wtf, scam, scammed, scammer, fraud, fraudulent, thieves, thief, criminal, illegal, rip off, ripoff, ripped off, disaster, disastrous, catastrophe, horrendous, horrific, shameful, ashamed, insult, insulting, insulted, humiliating, humiliated, abused, abusive, racist, sexist, discrimination, discriminated, harassed, threatened, dangerous, unsafe, hacked, pwned, boycott, lawsuit, sue, suing, lawyer, garbage, trash, rubbish, joke of, worthless, hopeless, clown, clowns, idiots, idiot, morons, moron, liars, ruined, ruin, ruining, destroyed, thanks for nothing, thank you for nothing, what a joke, such a joke, what is wrong with, get it together, get your act together, waste of time, waste of money, do better, zero stars, one star, no excuse, never flying, never fly, never use, never buy, never order, never book, worst nightmare",
    ],
    [
      -0.9,
      "worst, worst ever, worst experience, worst service, worst airline, worst company, absolute disgrace, utter disgrace, go to hell, fuck you, fuck off, piece of shit, evil",
    ],
  ],
  negators:
    "not, no, never, don't, doesn't, didn't, isn't, wasn't, aren't, weren't, can't, cannot, couldn't, won't, wouldn't, shouldn't, haven't, hasn't, hadn't, ain't, nor, neither, without, hardly, barely, nothing, nobody, none, lack of",
  boosters:
    "very, really, so, extremely, absolutely, totally, completely, utterly, incredibly, super, too, such, most, highly, truly, fucking, damn, beyond, deeply, insanely, seriously, especially, particularly, by far, ever",
  softeners:
    "slightly, somewhat, a bit, a little, kind of, kinda, sort of, sorta, fairly, rather, almost, mildly, partly",
  contrasts: "but, however, though, although, yet, except, unfortunately, sadly",
  questions:
    "how, what, what's, when, when's, where, where's, which, who, who's, why, can i, can you, can we, can someone, can anyone, could you, could i, could someone, do you, do i, do we, does, did you, is there, is it, is this, is my, is the, are you, are there, are we, am i, will you, will i, will there, will it, would you, would it, should i, may i, has anyone, have you, any idea, any chance, any news, any update, any updates, any word, anybody know, anyone know, wondering if, wondering when, wondering why, was wondering, let me know if, curious if, question about, tell me if, tell me why",
  requests:
    "please, help, help me, need, i need, we need, need help, need to, need someone, send me, call me, message me, email me, tell me, let me know, let us know, give me, get me, get back to me, contact me, reply to, respond to, can you, could you, would you, can someone, could someone, someone, i want, want to, i would like, i'd like, would like to, looking to, trying to, tried to, hoping to, hope you can, how do i, how can i, follow me, follow back, look into, fix, fix this, fix it, sort this, check, assist, assistance, advise, refund, reimburse, reimbursement, compensate, compensation, cancel my, change my, add my, update my, book me, rebook me, bring back, come back to, you should, should have, wish you, wish i, wish we, make it right, where is my",
  thanks:
    "thanks, thank you, thank, thx, cheers, kudos, appreciate, appreciated, grateful, props, shout out, shoutout, hats off, well done, good job, great job, nice job, nice work, compliments",
  troubles:
    "delayed, cancelled, lost, missing, stuck, stranded, broken, damaged, not working, doesn't work, didn't work, won't work, won't load, won't let me, on hold, hung up, no answer, no response, no reply, no one answers, nobody answers, never arrived, never came, never received, still waiting, still haven't, still hasn't, still no, charged twice, double charged, overcharged, refused, ignored, unable to, can't get, cannot get, can't log in, can't check in, can't book, can't reach, can't find, cannot find, left behind, kicked off, complaint, unacceptable, money back, waiting for, been waiting, have been waiting, no one, nobody, problem with, problems with, issue with, issues with, trouble with, wrong, error, fail, failed, failing, missed my, miss my, weeks ago, days ago, for hours, for days, for weeks, over an hour, hours late, hour late, hour delay, hours on, minutes on hold",
  endings: [
    ["s", ""],
    ["es", ""],
    ["ed", ""],
    ["ed", "e"],
    ["ing", ""],
    ["ing", "e"],
    ["ly", ""],
    ["ies", "y"],
    ["ied", "y"],
    ["er", ""],
    ["ness", ""],
  ],
};
