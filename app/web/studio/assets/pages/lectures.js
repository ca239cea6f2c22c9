// All lectures, newest first.

import { at } from "../address.js";
import { readAll } from "../api.js";
import { failure } from "../parts/failure.js";
import { moment, t } from "../words.js";
import { Page, html, nothing } from "../view.js";

export class LecturesPage extends Page {
  lectures = null;
  problem = null;

  begin() {
    this.load();
  }

  async load() {
    this.set({ problem: null });
    try {
      this.set({ lectures: await readAll("/lectures", 200) });
    } catch (problem) {
      this.set({ problem });
    }
  }

  view() {
    return html`
      <h1>${t("lectures.title")}</h1>
      ${failure(this.problem, () => this.load())}
      ${this.lectures && !this.lectures.length ? html`<p>${t("lectures.none")}</p>` : nothing}
      <ul class="lectures">
        ${(this.lectures || []).map(
          (each) => html`
            <li>
              <a href=${at(`/studio/lectures/${each.id}`)}>
                ${each.title || t("lecture.untitled")}
              </a>
              <span class="state" data-state=${each.state}>${t(`lecture.${each.state}`, { percent: Math.round(each.progress) })}</span>
              <time datetime=${each.created}>${moment(each.created)}</time>
            </li>
          `,
        )}
      </ul>
    `;
  }
}
