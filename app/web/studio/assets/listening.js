// Hears a sentence in a stored voice, before an hour is rendered.

import { at } from "./address.js";
import { Problem } from "./api.js";
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
export async function said(voice, text, { signal, ...wishes } = {}) {
  for (let tries = 0; ; tries++) {
    const answer = await fetch(at(`/v1/voices/${voice}/speech`), {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "Accept-Language": language(),
        "X-Requested-With": "Studio",
      },
      body: JSON.stringify({ text, ...wishes }),
      signal,
    }).catch((error) => {
      throw error.name === "AbortError" ? error : new Problem(0);
    });
    if (answer.ok) return URL.createObjectURL(await answer.blob());
    // The workers have much to do: it is said all the same, and the same request finds it.
    const again = Number(answer.headers.get("Retry-After"));
    if (answer.status !== 503 || !again || tries >= TRIES) {
      throw new Problem(answer.status, await answer.json().catch(() => ({})));
    }
    await new Promise((done) => setTimeout(done, 1000 * again));
  }
}
