// What is done once the page shows what is known now.

/** Call it then. */
export function after(done) {
  queueMicrotask(done); // a page is drawn in one that was asked for before: no key comes between
}
