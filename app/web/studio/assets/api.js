// Calls of the API below /v1.

import { at } from "./address.js";
import { signIn } from "./sign-in.js";
import { language, t } from "./words.js";

/** A failure as the API tells it, or that it cannot be reached (status 0). */
export class Problem extends Error {
  constructor(status, told = {}, retryAfter = null) {
    super(said(told) || t(`problem.${status || "network"}`) || t("problem.other"));
    this.status = status;
    this.code = told.code || (status ? "http" : "network");
    this.title = told.title || "";
    this.errors = told.errors || [];
    /** Seconds after which the service would be asked again; null where it does not say. */
    this.retryAfter = retryAfter;
    this.told = told;
  }

  /** What is wrong with a part of the request: `{where, message}`, by the end of its pointer. */
  about(part) {
    return this.errors.find((each) => each.where.endsWith(part));
  }
}

/** Details are in English: others are told first, in their language, what it is about. */
function said({ title, detail }) {
  if (!detail || language() === "en") return detail || title;
  return title ? `${title}: ${detail}` : detail;
}

/**
 * Call an operation.
 *
 * @param {object} [asked] `json` or `form` as body; `headers`, `signal`, `keepalive`; `key` lets a call be
 *   repeated without being done twice; with `blob` what is no JSON is given as such
 * @returns {Promise<{status: number, body: any, headers: Headers}>}
 * @throws {Problem}
 */
export async function call(method, path, asked = {}) {
  const headers = {
    "Accept-Language": language(),
    "X-Requested-With": "Studio", // by which the service knows its own page
    ...asked.headers,
  };
  if (asked.json !== undefined) headers["Content-Type"] = "application/json";
  if (asked.key) headers["Idempotency-Key"] = asked.key;
  let answer, body, isJson;
  try {
    answer = await fetch(at(`/v1${path}`), {
      method,
      headers,
      body: asked.json !== undefined ? JSON.stringify(asked.json) : asked.form,
      signal: asked.signal,
      keepalive: asked.keepalive,
      credentials: "same-origin",
    });
    isJson = (answer.headers.get("Content-Type") || "").includes("json");
    if (isJson) body = await answer.json();
    else body = asked.blob ? await answer.blob() : null;
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem(0); // also where the answer broke off
  }
  if (answer.status === 401 && !asked.again) {
    await signIn(); // what somebody was at goes on afterwards
    return call(method, path, { ...asked, again: true });
  }
  if (!answer.ok) {
    const after = Number(answer.headers.get("Retry-After")) || null;
    throw new Problem(answer.status, isJson ? body : {}, after);
  }
  return { status: answer.status, body, headers: answer.headers };
}

/** The body of a GET. */
export async function read(path, asked) {
  return (await call("GET", path, asked)).body;
}

/** Remove something; that it is gone already is fine. */
export async function remove(path, asked) {
  try {
    await call("DELETE", path, asked);
  } catch (problem) {
    if (problem.status !== 404) throw problem; // somebody else was faster
  }
}

/** Everything in a list, page after page. */
export async function readAll(path, { most = 1000, signal } = {}) {
  const items = [];
  let cursor = null;
  do {
    const mark = path.includes("?") ? "&" : "?";
    const next = cursor ? `&cursor=${encodeURIComponent(cursor)}` : "";
    const page = await read(`${path}${mark}limit=100${next}`, { signal });
    items.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor && items.length < most);
  return items;
}

/** A new name for a call that may be sent again. */
export function newKey() {
  return crypto.randomUUID ? crypto.randomUUID() : `${Date.now()}-${Math.random()}`;
}
