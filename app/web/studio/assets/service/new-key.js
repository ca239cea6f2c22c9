// The form of a key that is to be made.

import { field } from "../parts/field.js";
import { openForm } from "../parts/form.js";
import { t } from "../words.js";
import { html, nothing } from "../view.js";

const SCOPES = ["read", "render", "admin"];

/**
 * Ask for what a key shall be, and make it.
 *
 * @param {{isFirst: boolean}} asked whether nobody needs a key yet
 * @returns {Promise<object | undefined>} the key with its secret; undefined when somebody left it
 */
export function newKey({ isFirst }) {
  return openForm({
    title: t("service.key.new"),
    button: t("service.key.make"),
    path: "/keys",
    wanted,
    fields: { "/name": "key-name", "/expires_at": "key-until" },
    view: (problem) => html`
      ${isFirst ? html`<p class="notice">${t("service.key.first")}</p>` : nothing} ${name(problem)}
      ${scopes(isFirst ? "admin" : "render")} ${expiry(problem)}
    `,
  });
}

function wanted(form) {
  const until = form.get("until");
  return {
    name: form.get("name").trim(),
    scopes: [form.get("scope")],
    expires_at: until ? new Date(`${until}T23:59:59`).toISOString() : null,
  };
}

function name(problem) {
  return field({
    id: "key-name",
    label: t("service.key.name"),
    hint: t("service.key.name.hint"),
    wrong: problem?.about?.("/name")?.message,
    control: ({ id, invalid, told }) => html`
      <input
        id=${id}
        name="name"
        required
        autofocus
        maxlength="200"
        autocomplete="off"
        aria-invalid=${invalid}
        aria-describedby=${told}
      />
    `,
  });
}

function scopes(chosen) {
  return html`
    <fieldset class="choices">
      <legend>${t("service.key.scope")}</legend>
      ${SCOPES.map(
        (scope) => html`
          <label>
            <input type="radio" name="scope" value=${scope} ?checked=${scope === chosen} />
            <span><strong>${t(`service.scope.${scope}`)}</strong> ${t(`service.scope.${scope}.hint`)}</span>
          </label>
        `,
      )}
    </fieldset>
  `;
}

function expiry(problem) {
  return field({
    id: "key-until",
    label: t("service.key.until"),
    hint: t("service.key.until.hint"),
    wrong: problem?.about?.("/expires_at")?.message,
    control: ({ id, invalid, told }) => html`
      <input id=${id} name="until" type="date" aria-invalid=${invalid} aria-describedby=${told} />
    `,
  });
}
