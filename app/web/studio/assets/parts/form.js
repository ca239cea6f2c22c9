// A dialog with a form of something that is to be made.

import { call } from "../api.js";
import { html, nothing } from "../view.js";
import { openDialog } from "./dialog.js";
import { failure } from "./failure.js";

/**
 * Ask for what something shall be, and make it.
 *
 * @param {object} asked
 * @param {string} asked.title of the dialog
 * @param {string} asked.button that makes it
 * @param {string} asked.path of the API, that takes it
 * @param {(form: FormData) => object} asked.wanted what is sent
 * @param {Record<string, string>} asked.fields which element says what is wrong with a part of it:
 *   ids by JSON pointers
 * @param {(problem: Error | null) => object} asked.view the fields
 * @returns {Promise<object | undefined>} what was made; undefined when somebody left it
 */
export function openForm({ title, button, path, wanted, fields, view }) {
  const form = { problem: null, busy: false };
  const told = () => Object.keys(fields).filter((each) => form.problem?.about?.(each));

  async function send(event, dialog) {
    event.preventDefault();
    if (form.busy) return;
    form.busy = true;
    try {
      const { body } = await call("POST", path, { json: wanted(new FormData(event.target)) });
      dialog.close(body);
    } catch (problem) {
      form.problem = problem;
      dialog.redraw();
      const [first] = told();
      if (first) dialog.element.querySelector(`#${fields[first]}`)?.focus();
    } finally {
      form.busy = false;
    }
  }

  return openDialog({
    title,
    view: (dialog) => html`
      <form class="form" @submit=${(event) => send(event, dialog)}>
        ${view(form.problem)} ${told().length ? nothing : failure(form.problem)}
        <div><button class="primary">${button}</button></div>
      </form>
    `,
  });
}
