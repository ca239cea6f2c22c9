// An address that leads nowhere.

import { at } from "../address.js";
import { t } from "../words.js";
import { Page, html } from "../view.js";

export class MissingPage extends Page {
  view() {
    return html`
      <h1>${t("missing.title")}</h1>
      <p><a href=${at("/")}>${t("missing.go")}</a></p>
    `;
  }
}
