// A secret that is shown once: it stays in the page until somebody says that he has it.

import { t } from "../words.js";
import { html } from "../view.js";

export class Secret {
  copied = "";

  /** @param {{label: string, value: string, changed: () => void, had: () => void}} asked */
  constructor({ label, value, changed, had }) {
    Object.assign(this, { label, value, changed, had });
  }

  async copy(event) {
    const field = event.target.closest(".secret").querySelector("input");
    try {
      await navigator.clipboard.writeText(this.value);
      this.copied = t("secret.copied");
    } catch {
      field.select(); // over plain http, or where the browser does not allow it
      this.copied = t("secret.by.hand");
    }
    this.changed();
  }

  view() {
    return html`
      <div class="secret" role="group" aria-label=${this.label}>
        <p><strong>${t("secret.once")}</strong></p>
        <label>
          ${this.label}
          <input readonly spellcheck="false" .value=${this.value} />
        </label>
        <div class="row">
          <button type="button" class="copy" @click=${(event) => this.copy(event)}>
            ${t("secret.copy")}
          </button>
          <button type="button" @click=${this.had}>${t("secret.had")}</button>
          <span role="status">${this.copied}</span>
        </div>
      </div>
    `;
  }
}
