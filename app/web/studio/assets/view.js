// A page: what it knows, and how that is shown.

import { html, nothing, render } from "./vendor/lit-html.js";

export { html, nothing };

/** What every page is: `view()` gives its template, `redraw()` has it shown anew. */
export class Page {
  #drawn = false;
  #waits = false;
  closed = false;
  cancelled = new AbortController();

  /** Begin to show it; `place` is the element that it fills. */
  open(place) {
    this.place = place;
    this.#drawn = true;
    this.redraw();
    this.begin?.();
  }

  /** End everything that goes on. */
  close() {
    this.closed = true;
    this.cancelled.abort();
    this.end?.();
  }

  /** Show what is known now, once for all that changes at the same moment. */
  redraw() {
    if (this.#waits || this.closed || !this.#drawn) return;
    this.#waits = true;
    queueMicrotask(() => {
      this.#waits = false;
      if (!this.closed) render(this.view(), this.place);
    });
  }

  /** Change what is known. */
  set(values) {
    Object.assign(this, values);
    this.redraw();
  }
}
