// What the service has and does, for whoever runs it.

import { Engines } from "../service/engines.js";
import { Health } from "../service/health.js";
import { Keys } from "../service/keys.js";
import { Storage } from "../service/storage.js";
import { Webhooks } from "../service/webhooks.js";
import { Work } from "../service/work.js";
import { t } from "../words.js";
import { Page, html } from "../view.js";

export class ServicePage extends Page {
  /** While the first key is made, nothing else may ask for one. */
  isKeyMade = false;
  sections = [Health, Work, Storage, Engines, Keys, Webhooks].map((Kind) => new Kind(this));

  begin() {
    for (const each of this.sections) each.begin();
  }

  end() {
    for (const each of this.sections) each.end?.();
  }

  /** Down to the first section that is still fetched: nothing that is shown moves away. */
  get shown() {
    const first = this.sections.findIndex((each) => !each.isSettled);
    return first < 0 ? this.sections : this.sections.slice(0, first + 1);
  }

  view() {
    return html`
      <h1>${t("service.title")}</h1>
      ${this.shown.map((each) => each.view())}
    `;
  }
}
