// What somebody has typed and not sent yet, kept in the browser.

const KEPT = "videolecture.draft";

/** The draft that was kept; null where there is none. */
export function keptDraft() {
  try {
    return JSON.parse(localStorage.getItem(KEPT));
  } catch {
    return null;
  }
}

/** Keep a draft. */
export function keepDraft(draft) {
  try {
    localStorage.setItem(KEPT, JSON.stringify(draft));
  } catch {
    // No room: what is typed stays in the page.
  }
}

/** Forget it: it has become a lecture. */
export function forgetDraft() {
  localStorage.removeItem(KEPT);
}
