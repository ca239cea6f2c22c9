// How long a lecture will be, and how long it takes here: asked when somebody pauses in typing.

import { call } from "../api.js";
import { html, nothing } from "../vendor/lit-html.js";
import { clock, t } from "../words.js";

const PAUSE = 2500;

export class Forecast {
  #timer = null;
  #asked = null;
  #told = null;
  #cancelled = new AbortController();

  /** @param {() => void} redraw called when there is something new to tell */
  constructor(redraw) {
    this.redraw = redraw;
  }

  /** Ask soon, about a request as it would be sent now; it is made by `make`. */
  ask(make) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#find(make()), PAUSE);
  }

  close() {
    clearTimeout(this.#timer);
    this.#cancelled.abort();
  }

  async #find(json) {
    const asked = JSON.stringify(json);
    if (asked === this.#asked) return;
    this.#asked = asked;
    try {
      const { signal } = this.#cancelled;
      this.#told = (await call("POST", "/lectures:estimate", { json, signal })).body;
    } catch {
      this.#told = null; // what is wrong with the text is told where it stands
    }
    this.redraw();
  }

  /** In one sentence; before it is known, nothing. */
  view() {
    if (!this.#told) return nothing;
    const { speech_seconds: speech, render_seconds: render } = this.#told;
    const parts = { length: clock(speech), time: clock(render ?? 0) };
    return html`<span class="hint">${t(render === null ? "forecast.length" : "forecast", parts)}</span>`;
  }
}
