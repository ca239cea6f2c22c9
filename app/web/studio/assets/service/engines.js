// What speaks and animates here, and what is missing where something cannot.

import { read } from "../api.js";
import { languageNames } from "../parts/amounts.js";
import { Section } from "./section.js";
import { t } from "../words.js";
import { html, nothing } from "../view.js";

const KINDS = ["speech", "face"];

export class Engines extends Section {
  engines = null;

  constructor(page) {
    super(page, "engines");
  }

  async fetch() {
    this.engines = (await read("/engines", { signal: this.signal })).items;
  }

  content() {
    if (!this.engines) return nothing;
    return KINDS.map(
      (kind) => html`
        <h3>${t(`service.engines.${kind}`)}</h3>
        <ul class="engines">
          ${this.engines
            .filter((each) => each.kind === kind)
            .sort((one, other) => other.available - one.available)
            .map(engine)}
        </ul>
      `,
    );
  }
}

function engine(each) {
  return html`
    <li class="card">
      <h4>
        ${each.name} <span class="hint">${each.version}</span>
        ${each.is_default ? html`<span class="badge">${t("service.engine.default")}</span>` : nothing}
      </h4>
      <p class="state" data-state=${each.available ? "done" : ""}>
        <span aria-hidden="true">${each.available ? "✓" : "–"}</span>
        ${t(each.available ? "service.engine.able" : "service.engine.unable")}
      </p>
      <p lang="en">${each.summary}</p>
      ${each.available ? nothing : html`<p class="lacks" lang="en">${each.lacks}</p>`}
      ${each.languages.length ? languages(each.languages) : nothing}
    </li>
  `;
}

/** Many of them are opened on demand. */
function languages(codes) {
  return html`
    <details>
      <summary>${t("service.engine.languages", { count: codes.length })}</summary>
      <p>${languageNames(codes)}</p>
    </details>
  `;
}
