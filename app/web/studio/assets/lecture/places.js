// Where in the text of a slide its passages stand.

const WORDS = 6;

/**
 * Where a passage begins in a text: its words are looked for, behind the passages before it.
 *
 * Whatever cannot be found again, because the text is another one by now, is where the last one
 * that was found ended.
 *
 * @param {string} text
 * @param {string[]} passages of the slide, in order
 * @param {number} index of the passage
 */
export function startOf(text, passages, index) {
  let start = 0;
  let end = 0;
  for (const passage of passages.slice(0, index + 1)) {
    const found = lookFor(passage, text, end);
    start = found < 0 ? end : found;
    end = found < 0 ? end : Math.min(text.length, found + passage.length);
  }
  return start;
}

function lookFor(passage, text, from) {
  const words = passage.split(/\s+/).filter(Boolean).slice(0, WORDS);
  if (!words.length) return -1;
  const pattern = new RegExp(words.map(literal).join("\\s+"), "g");
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? -1;
}

function literal(word) {
  return word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
