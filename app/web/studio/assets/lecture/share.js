// Addresses of a lecture, to be handed on.

import { at } from "../address.js";
import { t } from "../words.js";
import { html, nothing } from "../view.js";
import { fileOf } from "./files.js";

/** Buttons that copy an address, and what became of it. */
export class Share {
  said = "";
  /** What somebody has to copy by hand: browsers copy on pages of a safe origin only. */
  address = null;

  /** @param {object} page the page of the lecture */
  constructor(page) {
    this.page = page;
  }

  async copy(path) {
    const address = new URL(path, location.href).href;
    this.said = "";
    this.address = null;
    try {
      await navigator.clipboard.writeText(address);
      this.said = t("lecture.share.copied");
    } catch {
      this.address = address;
    }
    this.page.redraw();
    queueMicrotask(() => this.page.place.querySelector(".share input")?.select());
  }

  view() {
    const { id } = this.page;
    const button = (what, path) => html`
      <button type="button" @click=${() => this.copy(path)}>${t(`lecture.share.${what}`)}</button>
    `;
    return html`
      <div class="share">
        <div class="row">
          ${button("page", at(`/studio/lectures/${id}`))} ${button("video", fileOf(id, "lecture.mp4"))}
        </div>
        <p class="hint" role="status">${this.said}</p>
        ${this.address
          ? html`<label>
              ${t("lecture.share.by.hand")}
              <input readonly .value=${this.address} />
            </label>`
          : nothing}
      </div>
    `;
  }
}
