// The title of a lecture, changed in place.

import { call } from "../api.js";
import { failure } from "../parts/failure.js";
import { t } from "../words.js";
import { html, nothing } from "../view.js";
import { isOfLms } from "./state.js";

const LONGEST = 300;

/** What a lecture is called; of an LMS's the number. */
export function titleOf({ id, title }) {
  if (title) return title;
  return isOfLms({ id }) ? t("lecture.of.lms", { number: id.slice(4) }) : t("lecture.untitled");
}

/** The heading, and a field in its place while somebody changes it. */
export class Title {
  text = null;
  busy = false;
  problem = null;

  /** @param {object} page the page of the lecture */
  constructor(page) {
    this.page = page;
  }

  set(values) {
    Object.assign(this, values);
    this.page.redraw();
  }

  #focus(wanted) {
    queueMicrotask(() => this.page.place.querySelector(`.heading ${wanted}`)?.focus());
  }

  edit() {
    this.set({ text: this.page.lecture.title, problem: null });
    this.#focus("input");
  }

  leave() {
    this.set({ text: null, problem: null });
    this.#focus("button");
  }

  async save(event) {
    event.preventDefault();
    if (this.busy) return;
    const title = this.text.trim();
    if (title === this.page.lecture.title) return this.leave();
    this.set({ busy: true, problem: null });
    try {
      const { tag } = this.page;
      const headers = { "If-Match": tag };
      const asked = { json: { title }, headers, signal: this.page.cancelled.signal };
      const answer = await call("PATCH", `/lectures/${this.page.id}`, asked);
      this.page.renamed(answer, tag);
      this.busy = false;
      this.leave();
    } catch (problem) {
      if (problem.name === "AbortError") return;
      if (problem.status !== 412) return this.set({ busy: false, problem });
      // Somebody else was faster: what it is called now is shown before it is overwritten.
      await this.page.load();
      const told = t("lecture.title.changed", { title: titleOf(this.page.lecture) });
      this.set({ busy: false, problem: new Error(told) });
    }
  }

  view() {
    const { lecture } = this.page;
    if (this.text !== null) return this.#form();
    return html`
      <div class="heading">
        <h1>${titleOf(lecture)}</h1>
        ${lecture.version
          ? html`<button type="button" class="plain" @click=${() => this.edit()}>
              ${t("lecture.rename")}
            </button>`
          : nothing}
      </div>
    `;
  }

  #form() {
    return html`
      <h1 class="unseen">${titleOf(this.page.lecture)}</h1>
      <form class="heading" @submit=${(event) => this.save(event)}>
        <input
          aria-label=${t("lecture.title")}
          maxlength=${LONGEST}
          .value=${this.text}
          @input=${(event) => (this.text = event.target.value)}
          @keydown=${(event) => event.key === "Escape" && this.leave()}
        />
        <button class="primary">${t("lecture.rename.save")}</button>
        <button type="button" @click=${() => this.leave()}>${t("lecture.rename.leave")}</button>
        ${failure(this.problem)}
      </form>
    `;
  }
}
