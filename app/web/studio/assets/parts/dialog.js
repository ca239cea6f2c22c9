// Something to be done before anything else, over the page that is shown.

import { html, render } from "../vendor/lit-html.js";
import { t } from "../words.js";

/**
 * A dialog with a heading, a body and a way out. Escape closes it, and so does going to another
 * page; focus goes back to where it came from.
 *
 * `view(dialog)` gives the body, and is asked again by `dialog.redraw()`; `dialog.close(value)` ends
 * it.
 *
 * @param {{title: string, view: (dialog: Dialog) => unknown, opened?: (dialog: Dialog) => void,
 *   closed?: () => void}} asked `opened` and `closed` are told once
 * @returns {Promise<unknown>} what it was closed with; undefined when somebody left it
 */
export function openDialog({ title, view, opened, closed }) {
  return new Promise((done) => {
    const dialog = new Dialog(title, view, (value) => {
      closed?.();
      done(value);
    });
    opened?.(dialog);
  });
}

/** Of dialogs that were opened: one may stand over another, and each is named by its own heading. */
let count = 0;

class Dialog {
  #id = `dialog-title-${++count}`;
  #view;
  #title;
  #done;
  #place = document.createElement("div");

  constructor(title, view, done) {
    this.#title = title;
    this.#view = view;
    this.#done = done;
    document.body.append(this.#place);
    this.redraw();
    this.element = this.#place.querySelector("dialog");
    this.element.addEventListener("cancel", () => this.close());
    addEventListener("videolecture:page", () => this.close(), { once: true });
    this.element.showModal();
  }

  /** Show what is known now. */
  redraw() {
    if (!this.#place.isConnected) return;
    render(this.#whole(), this.#place);
  }

  /** End it. */
  close(value) {
    if (!this.#place.isConnected) return;
    this.element.close();
    this.#place.remove();
    this.#done(value);
  }

  #whole() {
    return html`
      <dialog class="dialog" aria-labelledby=${this.#id}>
        <div class="card-head dialog-head">
          <h2 id=${this.#id}>${this.#title}</h2>
          <button type="button" class="plain" @click=${() => this.close()}>${t("close")}</button>
        </div>
        ${this.#view(this)}
      </dialog>
    `;
  }
}
