// How a lecture is to look; what is not chosen is left to the service.

import { html } from "../vendor/lit-html.js";
import { t } from "../words.js";

const SIZES = [256, 512, 1080];

/** As a request has it. */
export function wishesOf({ size, whole, still }) {
  return {
    ...(size ? { size } : {}),
    ...(whole ? { preprocess: "full" } : {}),
    ...(still ? { still: true } : {}),
  };
}

/** Choices; `change` is called with all of them. */
export function options(chosen, change) {
  const tick = (name) => html`
    <label class="tick">
      <input
        type="checkbox"
        .checked=${Boolean(chosen[name])}
        @change=${(event) => change({ ...chosen, [name]: event.target.checked })}
      />
      <span>${t(`options.${name}`)}</span>
    </label>
  `;
  return html`
    <details class="options">
      <summary>${t("options.title")}</summary>
      <label>
        ${t("options.size")}
        <select @change=${(event) => change({ ...chosen, size: Number(event.target.value) || null })}>
          <option value="" ?selected=${!chosen.size}>${t("options.size.usual")}</option>
          ${SIZES.map(
            (size) =>
              html`<option value=${size} ?selected=${chosen.size === size}>
                ${t("options.size.pixels", { size })}
              </option>`,
          )}
        </select>
      </label>
      ${tick("whole")} ${tick("still")}
    </details>
  `;
}
