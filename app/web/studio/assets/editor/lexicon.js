// How words are said otherwise than they are written, for one lecture.

/** With a word said otherwise; without `spoken` as it is written. */
export function respellings(lexicon, written, spoken) {
  const key = written.toLowerCase();
  const others = lexicon.filter((each) => each.written.toLowerCase() !== key);
  return spoken ? [...others, { written, spoken }] : others;
}

/**
 * As the API takes it: strings of JSON are strings of YAML.
 *
 * @param {string} [given] a lexicon that is there already, in whose block for the language they go
 * @returns {string} empty where there is nothing to be said otherwise
 */
export function yamlOf(lexicon, language, given = "") {
  if (!lexicon.length) return given;
  const lines = lexicon
    .map(({ written, spoken }) => `  ${JSON.stringify(written)}: ${JSON.stringify(spoken)}\n`)
    .join("");
  const block = new RegExp(`^${language}:[ \\t]*\\r?\\n`, "m");
  if (block.test(given)) return given.replace(block, (head) => head + lines);
  return `${given}${given && !given.endsWith("\n") ? "\n" : ""}${language}:\n${lines}`;
}
