// How it is: what the service needs, and whether that is there.

import { read } from "../api.js";
import { renewing } from "./renewing.js";
import { Section } from "./section.js";
import { language, t } from "../words.js";
import { html, nothing } from "../view.js";

const SECONDS = 5;

export class Health extends Section {
  /** As `GET /v1/ready` tells it. */
  ready = null;
  seen = null;

  constructor(page) {
    super(page, "health");
  }

  begin() {
    this.stop = renewing(SECONDS, () => this.load());
  }

  end() {
    this.stop();
  }

  async fetch() {
    this.ready = await this.look();
    this.seen = new Date();
  }

  /** That something is missing is an answer, and no failure to ask. */
  async look() {
    try {
      return await read("/ready", { signal: this.signal });
    } catch (problem) {
      if (problem.told?.status === "not_ready") return problem.told;
      throw problem;
    }
  }

  content() {
    const { ready } = this;
    if (!ready) return nothing;
    return html`
      <p role="status" class="verdict" data-ok=${ready.status === "ready" ? "true" : "false"}>
        ${t(`service.health.${ready.status}`)}
      </p>
      ${ready.checks
        ? html`<ul class="checks">
            ${ready.checks.map(check)}
          </ul>`
        : html`<p>${t("service.health.hidden")}</p>`}
      <p class="hint">${t("service.health.seen", { time: timeOf(this.seen) })}</p>
    `;
  }
}

function check({ name, ok, says }) {
  const key = name.replaceAll(" ", ".");
  const todo = !ok && t(`service.todo.${key}`);
  return html`
    <li data-ok=${ok ? "true" : "false"}>
      <span class="mark" aria-hidden="true">${ok ? "✓" : "!"}</span>
      <span class="what">
        <strong>${t(`service.check.${key}`) ?? name}</strong>
        <span class="state" data-state=${ok ? "done" : "failed"}>
          ${t(ok ? "service.ok" : "service.not.ok")}
        </span>
        ${ok ? nothing : html`<span class="says" lang="en">${says}</span>`}
        ${todo ? html`<span class="says">${todo}</span>` : nothing}
      </span>
    </li>
  `;
}

function timeOf(date) {
  return new Intl.DateTimeFormat(language(), { timeStyle: "medium" }).format(date);
}
