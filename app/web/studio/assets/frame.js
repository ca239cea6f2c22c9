// What stands around every page.

import { account } from "./account.js";
import { at } from "./address.js";
import { LANGUAGES, language, speak, t } from "./words.js";
import { nextTheme, theme } from "./theme.js";
import { html } from "./view.js";

const LINKS = [
  ["new", "/"],
  ["lectures", "/studio/lectures"],
  ["library", "/studio/library"],
  ["service", "/studio/service"],
];

/** Head and place of the page of that name. */
export function frame(name) {
  return html`
    <a class="skip" href="#main">${t("nav.skip")}</a>
    <header class="head">
      <a class="brand" href=${at("/")}>${t("app.name")}</a>
      <nav aria-label=${t("nav.main")}>
        ${LINKS.map(
          ([link, path]) =>
            html`<a href=${at(path)} aria-current=${link === name ? "page" : "false"}>
              ${t(`nav.${link}`)}
            </a>`,
        )}
      </nav>
      <div class="tools">
        <label>
          <span class="unseen">${t("nav.language")}</span>
          <select @change=${(event) => speak(event.target.value)}>
            ${LANGUAGES.map(
              ([code, itself]) =>
                html`<option value=${code} lang=${code} ?selected=${code === language()}>
                  ${itself}
                </option>`,
            )}
          </select>
        </label>
        <button type="button" class="plain" @click=${nextTheme}>${t(`theme.${theme()}`)}</button>
        ${account()}
      </div>
    </header>
    <main id="main" tabindex="-1"></main>
  `;
}
