// The slides of a text that is being written: each has a text, or a recording that is heard instead.

/** What stands between slides in a file. */
export const BETWEEN = "_;";

let keys = 0;

/** A slide; `key` is its own as long as the page is shown, whatever its number becomes. */
export function slideOf(text, more = {}) {
  return { lead: "", tail: "", recording: null, ...more, text, key: ++keys };
}

/** The slides of a file's text; `written` makes the same text of them. */
export function slidesOf(text) {
  return text.split(BETWEEN).map((part) => {
    const kept = part.trim();
    if (!kept) return slideOf("", { lead: part });
    const start = part.indexOf(kept);
    return slideOf(kept, {
      lead: part.slice(0, start),
      tail: part.slice(start + kept.length),
    });
  });
}

/** The text of slides, as a file has it. */
export function written(slides) {
  return slides.map(({ lead, text, tail }) => lead + text + tail).join(BETWEEN);
}

/** With a slide at another place. */
export function moved(slides, from, to) {
  const others = slides.filter((_, at) => at !== from);
  return [...others.slice(0, to), slides[from], ...others.slice(to)];
}

/** With a slide made two, where the cursor stands. */
export function split(slides, at, place) {
  const { text } = slides[at];
  const first = { ...slides[at], text: text.slice(0, place).trimEnd(), tail: "\n" };
  const second = slideOf(text.slice(place).trimStart(), { lead: "\n", tail: slides[at].tail });
  return [...slides.slice(0, at), first, second, ...slides.slice(at + 1)];
}

/** What empty lines part in a text. */
export function paragraphsOf({ text }) {
  return text.split(/\n\s*\n/).filter((each) => each.trim());
}

/** With a slide made as many as it has paragraphs. */
export function parted(slides, at) {
  const [first, ...others] = paragraphsOf(slides[at]).map((each) => each.trim());
  const parts = [{ ...slides[at], text: first, tail: "\n" }];
  for (const text of others) parts.push(slideOf(text, { lead: "\n", tail: "\n" }));
  parts.at(-1).tail = slides[at].tail;
  return [...slides.slice(0, at), ...parts, ...slides.slice(at + 1)];
}

/** With a slide and the next one made one. */
export function joined(slides, at) {
  const [first, second] = slides.slice(at, at + 2);
  const text = [first.text, second.text].filter(Boolean).join("\n\n");
  return [...slides.slice(0, at), { ...first, text, tail: second.tail }, ...slides.slice(at + 2)];
}

/** With one slide other. */
export function replaced(slides, at, change) {
  return slides.map((each, place) => (place === at ? { ...each, ...change } : each));
}

/** Without a slide. */
export function without(slides, at) {
  return slides.filter((_, place) => place !== at);
}

/** With an empty slide at the end, on a line of its own in a file. */
export function lengthened(slides) {
  const last = slides.length - 1;
  return [...replaced(slides, last, { tail: slides[last].tail || "\n" }), slideOf("", { lead: "\n" })];
}

const counts = new WeakMap();

/** How many words a slide has. */
export function wordsOf(slide) {
  if (!counts.has(slide)) counts.set(slide, slide.text.split(/\s+/).filter(Boolean).length);
  return counts.get(slide);
}

/** The first words of a text: what a lecture is called by if nobody calls it otherwise. */
export function titleOf(slides) {
  const text = slides.map((each) => each.text.trim()).find(Boolean) || "";
  const first = text.split(/(?<=[.!?])\s|\n/, 1)[0];
  return first.length <= 80 ? first : `${first.slice(0, 79).trimEnd()}…`;
}
