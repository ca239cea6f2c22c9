// Lectures that are removed from a list: for some seconds they can be had back.

import { call, remove } from "../api.js";
import { forgetUnsaved } from "../lecture/unsaved.js";
import { removeSoon } from "../parts/undo.js";
import { t } from "../words.js";

/** What is told when one is removed or comes back; pages that show lectures are drawn anew. */
export const CHANGED = "videolecture:removals";

const removed = new Set();
const problems = new Map();

/** Whether somebody has removed it, be it only just now. */
export function isRemoved(id) {
  return removed.has(id);
}

/** What was wrong when it was to be removed. */
export function problemOf(id) {
  return problems.get(id) ?? null;
}

/** Remove a lecture, as it is now: whoever changes it meanwhile keeps it. */
export function removeLecture({ id }, title) {
  const path = `/lectures/${id}`;
  let tag = null;
  call("GET", path).then(
    ({ headers }) => (tag = headers.get("ETag")),
    () => {}, // then it is removed whatever it is
  );
  removed.add(id);
  problems.delete(id);
  dispatchEvent(new Event(CHANGED));
  removeSoon({
    said: t("lectures.removed", { title }),
    remove: async (leaving) => {
      const headers = tag ? { "If-Match": tag } : {};
      await remove(path, { headers, keepalive: leaving });
      forgetUnsaved(id);
    },
    back: (problem) => {
      removed.delete(id);
      if (problem) problems.set(id, told(problem));
      dispatchEvent(new Event(CHANGED));
    },
  });
}

function told(problem) {
  return problem.status === 412 ? new Error(t("lectures.remove.changed")) : problem;
}
