// What was typed into the slides of a lecture and not saved, kept in the browser.

const KEPT = "videolecture.unsaved.";

/**
 * What is kept of a lecture, by the number of the slide: the text, and from what it was made.
 *
 * @returns {Record<string, {text: string, was: string}>}
 */
export function unsaved(id) {
  try {
    return JSON.parse(localStorage.getItem(KEPT + id)) || {};
  } catch {
    return {};
  }
}

/** Keep the text of a slide; null where there is nothing to keep any more. */
export function keepUnsaved(id, number, edit) {
  const kept = unsaved(id);
  if (edit) kept[number] = edit;
  else delete kept[number];
  try {
    if (Object.keys(kept).length) localStorage.setItem(KEPT + id, JSON.stringify(kept));
    else localStorage.removeItem(KEPT + id);
  } catch {
    // No room: what is typed stays in the page.
  }
}

/** Forget all of it: the lecture is gone. */
export function forgetUnsaved(id) {
  localStorage.removeItem(KEPT + id);
}
