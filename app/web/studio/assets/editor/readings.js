// How slides will be read aloud: asked of the service when somebody pauses in typing.

import { call } from "../api.js";

const PAUSE = 700;
const AGAIN = 3000;
/** Of one request: a slide has a few hundred letters. */
const MOST_SLIDES = 20;
const MOST_LETTERS = 20_000;
/** A text of fewer letters does not tell its language. */
const TELLING = 200;
/** Readings: more than a lecture has slides. */
const KEPT = 5000;

/** Knows how texts are read; `told` is called when it has learnt something. */
export class Readings {
  language = null;
  #known = new Map();
  #latest = new Map();
  #timer = null;
  #busy = false;
  #cancelled = new AbortController();

  constructor({ told, wishes }) {
    this.told = told;
    this.wishes = wishes;
  }

  /** How a slide is read, or was before it was changed last: `{fragments, problem}`, or null. */
  of({ key, text }) {
    const known = this.#known.get(this.#keyOf(text));
    if (known) this.#latest.set(key, known);
    return this.#latest.get(key) ?? null;
  }

  /** Ask about slides, soon. */
  ask(slides) {
    this.slides = slides;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#next(), PAUSE);
  }

  close() {
    clearTimeout(this.#timer);
    this.#cancelled.abort();
  }

  #keyOf(text) {
    return `${this.wishes().lexicon ?? ""}\0${text}`;
  }

  async #next() {
    if (this.#busy) return;
    const asked = this.#unknown();
    if (!asked.length) return;
    this.#busy = true;
    try {
      await this.#learn(asked);
      this.told();
    } catch {
      // The network is gone, or too many ask.
      if (!this.#cancelled.signal.aborted) this.#timer = setTimeout(() => this.#next(), AGAIN);
      return;
    } finally {
      this.#busy = false;
    }
    this.#next();
  }

  #unknown() {
    const found = [];
    let letters = 0;
    for (const { text, recording } of this.slides) {
      if (recording || !text.trim() || found.includes(text)) continue;
      if (this.#known.has(this.#keyOf(text))) continue;
      letters += text.length;
      if (found.length && (letters > MOST_LETTERS || found.length === MOST_SLIDES)) break;
      found.push(text);
    }
    return found;
  }

  async #learn(texts) {
    const letters = texts.reduce((sum, text) => sum + text.length, 0);
    const language = letters < TELLING && this.language ? { language: this.language } : {};
    const json = { slides: texts.map((text) => ({ text })), ...this.wishes(), ...language };
    try {
      const { signal } = this.#cancelled;
      const { body } = await call("POST", "/lectures:read", { json, signal });
      this.language = body.language;
      texts.forEach((text, at) => this.#keep(text, { fragments: body.slides[at].fragments }));
    } catch (problem) {
      if (problem.status !== 422) throw problem;
      if (texts.length > 1) for (const text of texts) await this.#learn([text]);
      else this.#keep(texts[0], { fragments: [], problem });
    }
  }

  #keep(text, reading) {
    if (this.#known.size >= KEPT) this.#known.delete(this.#known.keys().next().value);
    this.#known.set(this.#keyOf(text), reading);
  }
}
