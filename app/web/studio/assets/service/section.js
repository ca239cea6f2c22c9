// A part of the page, which knows, fetches and shows something of its own.

import { failure } from "../parts/failure.js";
import { Secret } from "../parts/secret.js";
import { t } from "../words.js";
import { html } from "../view.js";

export class Section {
  problem = null;
  /** Whether there is something to show, if only what went wrong. */
  isSettled = false;
  /** What was just made and is shown this once. */
  secret = null;

  /** @param {string} name in the words: `service.<name>` is its heading */
  constructor(page, name) {
    this.page = page;
    this.name = name;
  }

  begin() {
    this.load();
  }

  /** Ends with the page. */
  get signal() {
    return this.page.cancelled.signal;
  }

  /** Change what is known. */
  set(values) {
    Object.assign(this, values);
    this.page.redraw();
  }

  /** Fetch what is shown; `fetch()` does it. */
  async load() {
    try {
      await this.fetch();
      this.set({ problem: null });
    } catch (problem) {
      if (!this.page.closed) this.set({ problem });
    } finally {
      this.set({ isSettled: true });
    }
  }

  /** Show a secret until somebody says that he has it. */
  reveal(label, value) {
    const had = () => {
      this.set({ secret: null });
      this.focus();
    };
    this.set({ secret: new Secret({ label, value, changed: () => this.page.redraw(), had }) });
    queueMicrotask(() => this.page.place.querySelector(".secret .copy")?.focus());
  }

  /** Have the keyboard go on from the heading, when what had it is gone. */
  focus() {
    queueMicrotask(() => this.page.place.querySelector(`#part-${this.name}`)?.focus());
  }

  view() {
    const isForbidden = this.problem?.status === 403;
    return html`
      <section class="part" aria-labelledby=${`part-${this.name}`}>
        <h2 id=${`part-${this.name}`} tabindex="-1">${t(`service.${this.name}`)}</h2>
        ${isForbidden
          ? html`<p>${t(`service.${this.name}.forbidden`) ?? t("service.forbidden")}</p>`
          : failure(this.problem, () => this.load())}
        ${isForbidden ? "" : this.content()}
      </section>
    `;
  }
}
