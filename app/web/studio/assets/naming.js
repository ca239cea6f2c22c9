// Another name for something that is stored, unless somebody else changes it meanwhile.

import { call } from "./api.js";
import { failure } from "./parts/failure.js";
import { t } from "./words.js";
import { html, nothing } from "./view.js";

const LONGEST_NAME = 200;

/** A name that is being changed in place: Enter saves, Escape leaves it as it was. */
export class Naming {
  /** Whether there is a field to type into. */
  open = false;
  problem = null;
  #typed = "";
  #known = "";
  /** What somebody else has called it meanwhile. */
  #other = null;
  #tag = null;
  #path;
  #hearer;

  /**
   * @param {string} path of the thing
   * @param {{told: (stored: object) => void, left: () => void, changed: () => void}} hearer `told`
   *   gets the thing as it is now, `left` when nobody types any more
   */
  constructor(path, hearer) {
    this.#path = path;
    this.#hearer = hearer;
  }

  /** Read the name as it is now, and let it be changed. */
  async begin() {
    try {
      await this.#look();
      this.#typed = this.#known;
      this.open = true;
    } catch (problem) {
      this.problem = problem;
    }
    this.#hearer.changed();
  }

  view() {
    return html`
      <form
        class="naming"
        @submit=${(event) => this.#save(event)}
        @keydown=${(event) => this.#press(event)}
      >
        <label>
          <span class="unseen">${t("library.name")}</span>
          <input
            required
            autocomplete="off"
            maxlength=${LONGEST_NAME}
            aria-invalid=${this.problem ? "true" : "false"}
            .value=${this.#typed}
            @input=${(event) => (this.#typed = event.target.value)}
          />
        </label>
        <div class="row">
          <button>${t("library.name.save")}</button>
          <button type="button" class="plain" @click=${() => this.#hearer.left()}>
            ${t("library.name.leave")}
          </button>
        </div>
        ${this.#other === null
          ? nothing
          : html`<p class="failure" role="alert">
              ${t("library.name.other", { name: this.#other })}
            </p>`}
        ${failure(this.problem)}
      </form>
    `;
  }

  #press(event) {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    this.#hearer.left();
  }

  async #save(event) {
    event.preventDefault();
    const name = this.#typed.trim();
    if (name === this.#known) return this.#hearer.left();
    this.problem = null;
    try {
      await this.#send(name);
    } catch (problem) {
      this.problem = problem;
    }
    this.#hearer.changed();
  }

  async #send(name) {
    try {
      const asked = { json: { name }, headers: { "If-Match": this.#tag } };
      const { body } = await call("PATCH", this.#path, asked);
      this.#hearer.told(body);
      this.#hearer.left();
    } catch (problem) {
      if (problem.status !== 412) throw problem;
      await this.#look();
      this.#other = this.#known;
    }
  }

  async #look() {
    const { body, headers } = await call("GET", this.#path);
    this.#tag = headers.get("ETag");
    this.#known = body.name;
    this.#hearer.told(body);
  }
}
