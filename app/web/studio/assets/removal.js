// What is being removed from the library, which goes on while another page is shown.

import { read, remove as removeAt } from "./api.js";
import { removeSoon } from "./parts/undo.js";
import { t } from "./words.js";

const gone = new Set();
const refused = new Map();
let told = () => {};

/** Whether something is removed, or will be in a moment. */
export function isGone(id) {
  return gone.has(id);
}

/** Why something could not be removed, and the lectures that use it: `{problem, lectures}`. */
export function refusalOf(id) {
  return refused.get(id);
}

/** Forget why: whoever was told has gone elsewhere. */
export function forgetRefusals() {
  refused.clear();
}

/** Have a page told what comes back, and whether somebody wanted that: `(id, wanted)`. */
export function whenBack(hearer) {
  told = hearer;
}

/** Remove something in some seconds, unless somebody takes it back. */
export function remove(path, { id, name }) {
  gone.add(id);
  refused.delete(id);
  removeSoon({
    said: t("library.removed", { name }),
    remove: (leaving) => removeAt(`${path}/${id}`, { keepalive: leaving }),
    back: (problem) => back(id, problem),
  });
}

async function back(id, problem) {
  gone.delete(id);
  if (problem) refused.set(id, { problem, lectures: await titled(problem.told?.lectures ?? []) });
  told(id, !problem);
}

/** Lectures by their ids, with what they are called. */
function titled(ids) {
  return Promise.all(
    ids.map(async (id) => {
      try {
        return { id, title: (await read(`/lectures/${id}`)).title };
      } catch {
        return { id, title: "" }; // its link says more
      }
    }),
  );
}
