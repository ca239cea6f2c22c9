// Calls of the API below /v1.

import { at } from "./address.js";
import { language, t } from "./words.js";

/** A failure as the API tells it, or that it cannot be reached (status 0). */
export class Problem extends Error {
  constructor(status, told = {}) {
    super(told.detail || t(`problem.${status || "network"}`) || told.title || t("problem.other"));
    this.status = status;
    this.code = told.code || (status ? "http" : "network");
    this.title = told.title || "";
    this.errors = told.errors || [];
    this.retryAfter = told.retry_after || null;
    this.told = told;
  }

  /** What is wrong with a part of the request, by the end of its pointer. */
  about(part) {
    return this.errors.find((each) => (each.pointer || each.parameter || "").endsWith(part));
  }
}

/**
 * Call an operation.
 *
 * @param {object} [asked] `json` or `form` as body; `headers`, `signal`; `key` lets a call be
 *   repeated without being done twice.
 * @returns {Promise<{status: number, body: any, headers: Headers}>}
 * @throws {Problem}
 */
export async function call(method, path, asked = {}) {
  const headers = { "Accept-Language": language(), ...asked.headers };
  if (asked.json !== undefined) headers["Content-Type"] = "application/json";
  if (asked.key) headers["Idempotency-Key"] = asked.key;
  let answer;
  try {
    answer = await fetch(at(`/v1${path}`), {
      method,
      headers,
      body: asked.json !== undefined ? JSON.stringify(asked.json) : asked.form,
      signal: asked.signal,
      credentials: "same-origin",
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem(0);
  }
  const isJson = (answer.headers.get("Content-Type") || "").includes("json");
  const body = isJson ? await answer.json() : null;
  if (!answer.ok) throw new Problem(answer.status, body || {});
  return { status: answer.status, body, headers: answer.headers };
}

/** The body of a GET. */
export async function read(path, asked) {
  return (await call("GET", path, asked)).body;
}

/** Everything in a list, page after page. */
export async function readAll(path, most = 1000) {
  const items = [];
  let cursor = null;
  do {
    const mark = path.includes("?") ? "&" : "?";
    const next = cursor ? `&cursor=${encodeURIComponent(cursor)}` : "";
    const page = await read(`${path}${mark}limit=100${next}`);
    items.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor && items.length < most);
  return items;
}

/** A new name for a call that may be sent again. */
export function newKey() {
  return crypto.randomUUID ? crypto.randomUUID() : `${Date.now()}-${Math.random()}`;
}
