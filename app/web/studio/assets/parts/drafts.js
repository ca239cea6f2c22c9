// Other drafts of the same person, to go on with.

import { leaveDraft, otherDrafts, removeDraft, switchTo } from "../draft.js";
import { html, nothing } from "../vendor/lit-html.js";
import { moment, t } from "../words.js";
import { openDialog } from "./dialog.js";
import { failure } from "./failure.js";
import { removeSoon } from "./undo.js";

/** A button that leads to them; `show` is called with what is in the chosen one, null for a new one. */
export function drafts(show) {
  return html`
    <button type="button" class="tool" @click=${() => choose(show)}>${t("drafts.open")}</button>
  `;
}

async function choose(show) {
  const known = { items: null, problem: null };
  const anew = {};
  const chosen = await openDialog({
    title: t("drafts.title"),
    view: (dialog) => view(known, dialog, anew),
    opened: async (dialog) => {
      known.items = await otherDrafts();
      dialog.redraw();
    },
  });
  if (chosen === anew) {
    leaveDraft();
    show(null);
  } else if (chosen) {
    show(chosen);
  }
}

function view(known, dialog, anew) {
  const { items } = known;
  return html`
    <p>${t("drafts.what")}</p>
    <p><button type="button" @click=${() => dialog.close(anew)}>${t("drafts.new")}</button></p>
    ${failure(known.problem)}
    ${items && !items.length ? html`<p class="hint">${t("drafts.none")}</p>` : nothing}
    <ul class="stored">
      ${(items || []).map((each) => row(each, known, dialog))}
    </ul>
  `;
}

function row(each, known, dialog) {
  const title = each.title || t("lecture.untitled");
  const open = async () => {
    try {
      const content = await switchTo(each);
      if (content) return dialog.close(content);
      known.problem = new Error(t("drafts.elsewhere"));
    } catch (problem) {
      known.problem = problem;
    }
    dialog.redraw();
  };
  const remove = () => {
    dialog.close();
    removeSoon({
      said: t("drafts.removed", { title }),
      remove: (leaving) => removeDraft(each, leaving),
      back: () => {},
    });
  };
  return html`
    <li>
      <button type="button" class="plain" @click=${open}>${title}</button>
      <span class="hint">${moment(each.changed)}</span>
      <button
        type="button"
        class="tool"
        aria-label=${t("drafts.remove.title", { title })}
        @click=${remove}
      >
        ${t("drafts.remove")}
      </button>
    </li>
  `;
}
