// Hears a sentence in a stored voice, before an hour is rendered.

import { call } from "./api.js";
import { language } from "./words.js";

const MOST_LETTERS = 400;
const TRIES = 20;

/**
 * What is heard of a text: what is selected, else the sentence in which the cursor stands.
 *
 * @param {HTMLTextAreaElement} field
 */
export function heardOf(field) {
  const { value, selectionStart, selectionEnd } = field;
  const selected = value.slice(selectionStart, selectionEnd).trim();
  if (selected) return selected.slice(0, MOST_LETTERS);
  const segments = new Intl.Segmenter(language(), { granularity: "sentence" }).segment(value);
  const sentence = segments.containing(Math.min(selectionStart, Math.max(0, value.length - 1)));
  return (sentence?.segment.trim() || value.trim()).slice(0, MOST_LETTERS);
}

/**
 * Have a voice say a text; returns an address of the sound, for this page alone.
 *
 * @param {{signal?: AbortSignal, lexicon?: string}} asked
 * @throws {Problem}
 */
async function said(voice, text, { signal, ...wishes } = {}) {
  const asked = { json: { text, ...wishes }, signal, blob: true };
  for (let tries = 0; ; tries++) {
    try {
      return URL.createObjectURL((await call("POST", `/voices/${voice}/speech`, asked)).body);
    } catch (problem) {
      // The workers have much to do: it is said all the same, and the same request finds it.
      if (problem.status !== 503 || !problem.retryAfter || tries >= TRIES) throw problem;
      await new Promise((done) => setTimeout(done, 1000 * problem.retryAfter));
    }
  }
}

/** Says one text at a time. */
export class Speaker {
  #cancelled = null;
  #audio = null;
  #address = null;

  /**
   * Say a text instead of what is being said.
   *
   * @param {() => void} ended is told when it has come to its end
   * @throws {Problem}
   */
  async say(voice, text, wishes, ended) {
    this.silence();
    const { signal } = (this.#cancelled = new AbortController());
    try {
      const address = await said(voice, text, { signal, ...wishes });
      if (signal.aborted) return URL.revokeObjectURL(address);
      this.#address = address;
      this.#audio = new Audio(address);
      this.#audio.onended = ended;
      await this.#audio.play();
    } catch (problem) {
      if (!signal.aborted) throw problem;
    }
  }

  /** Say nothing any more. */
  silence() {
    this.#cancelled?.abort();
    this.#audio?.pause();
    if (this.#address) URL.revokeObjectURL(this.#address);
    this.#cancelled = this.#audio = this.#address = null;
  }
}
