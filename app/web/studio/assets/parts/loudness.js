// How loud a voice is, in decibels and in words.

/** Decibels below full scale, of the highest sample: nothing is heard, and it is too quiet or too loud. */
export const SILENT = -60;
export const QUIET = -30;
export const LOUD = -0.2;

const BLOCK_SECONDS = 0.05;
/** Of the blocks are not louder than what counts: one knock says nothing of a voice. */
const MOST = 0.98;

/** Milliseconds: people pause, and nobody reads a word that changes all the time. */
const PAUSE = 3000;
const STEADY = 1000;

/** Decibels of a highest sample, of which full scale is 1. */
export function decibels(peak) {
  return Math.max(SILENT, 20 * Math.log10(peak));
}

/** `silent`, `quiet`, `good` or `loud`. */
export function wordFor(level) {
  if (level <= SILENT) return "silent";
  if (level < QUIET) return "quiet";
  return level < LOUD ? "good" : "loud";
}

/** What a recording is, as a word. */
export function loudnessOf({ samples, rate }) {
  const size = Math.round(BLOCK_SECONDS * rate);
  const peaks = [];
  for (let at = 0; at < samples.length; at += size) {
    let peak = 0;
    for (const each of samples.subarray(at, at + size)) peak = Math.max(peak, Math.abs(each));
    peaks.push(peak / 32768);
  }
  peaks.sort((one, other) => one - other);
  return wordFor(decibels(peaks[Math.floor(MOST * peaks.length)] ?? 0));
}

/** The word for somebody who is speaking. */
export class Loudness {
  word = "silent";
  #heard = [];
  #next = { word: "silent", since: 0 };

  /** Take in how loud it is now; says whether the word has become another one. */
  hear(level, now) {
    this.#heard.push({ level, now });
    while (this.#heard[0].now < now - PAUSE) this.#heard.shift();
    const word = wordFor(this.#heard.reduce((most, each) => Math.max(most, each.level), SILENT));
    if (word !== this.#next.word) this.#next = { word, since: now };
    if (word === this.word || now - this.#next.since < STEADY) return false;
    this.word = word;
    return true;
  }
}
