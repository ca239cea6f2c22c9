// The form of a webhook that is to be added.

import { field } from "../parts/field.js";
import { openForm } from "../parts/form.js";
import { t } from "../words.js";
import { html, nothing } from "../view.js";

/** What happens to lectures; of a test every webhook is told. */
export const EVENTS = ["lecture.started", "lecture.done", "lecture.failed", "lecture.cancelled"];

/**
 * Ask for an address, and have it told.
 *
 * @returns {Promise<object | undefined>} the webhook with its secret; undefined when somebody left it
 */
export function newWebhook() {
  return openForm({
    title: t("service.hook.new"),
    button: t("service.hook.add"),
    path: "/webhooks",
    wanted,
    fields: { "/url": "webhook-url", "/events": "webhook-events", "/description": "webhook-purpose" },
    view: (problem) => html`${address(problem)} ${events(problem)} ${purpose(problem)}`,
  });
}

function wanted(form) {
  return {
    url: form.get("url").trim(),
    events: form.getAll("events"),
    description: form.get("description").trim(),
  };
}

function address(problem) {
  return field({
    id: "webhook-url",
    label: t("service.hook.url"),
    hint: t("service.hook.url.hint"),
    wrong: problem?.about?.("/url")?.message,
    control: ({ id, invalid, told }) => html`
      <input
        id=${id}
        name="url"
        type="url"
        required
        autofocus
        autocomplete="off"
        spellcheck="false"
        placeholder="https://"
        aria-invalid=${invalid}
        aria-describedby=${told}
      />
    `,
  });
}

function events(problem) {
  const wrong = problem?.about?.("/events")?.message;
  return html`
    <fieldset class="choices" id="webhook-events" tabindex="-1">
      <legend>${t("service.hook.events")}</legend>
      ${EVENTS.map(
        (each) => html`
          <label>
            <input type="checkbox" name="events" value=${each} checked />
            <span>${t(`service.event.${each}`)}</span>
          </label>
        `,
      )}
      ${wrong ? html`<p class="failure" role="alert">${t("service.hook.events.none")}</p>` : nothing}
    </fieldset>
  `;
}

function purpose(problem) {
  return field({
    id: "webhook-purpose",
    label: t("service.hook.purpose"),
    wrong: problem?.about?.("/description")?.message,
    control: ({ id, invalid, told }) => html`
      <input
        id=${id}
        name="description"
        maxlength="200"
        autocomplete="off"
        aria-invalid=${invalid}
        aria-describedby=${told}
      />
    `,
  });
}
