// What somebody has typed and not sent yet: kept in the browser at once, and by the service soon, so
// that it is there on another machine as well. Each tab has a draft of its own.

import { call, read } from "./api.js";

const KEPT = "videolecture.draft.";
const MINE = "videolecture.draft";
const PAUSE = 300;
const SENT_AFTER = 3000;

/** Of this tab: its name in the browser, and what `localStorage` has by it. */
let name = null;
let draft = null;
let release = () => {};
let writing = null;
let sending = null;
let busy = false;

/** The content of this tab's draft; null where there is none yet. */
export async function openDraft() {
  write();
  if (name) return draft?.content ?? null;
  const mine = sessionStorage.getItem(MINE);
  const names = [...(mine ? [mine] : []), ...local().map((each) => each.name)];
  for (const each of names) if (kept(each) && (await take(each))) return draft.content;
  return null;
}

/** Keep what this tab has, at the next pause in typing, or when the page is left. */
export function keepDraft(title, content) {
  name ??= newName();
  draft = { ...draft, title, content, changed: Date.now(), isSent: false };
  writing ??= setTimeout(write, PAUSE);
  clearTimeout(sending);
  sending = setTimeout(send, SENT_AFTER);
}

/** Forget this tab's draft: it has become a lecture, or is not wanted any more. */
export function forgetDraft() {
  const gone = draft;
  if (name) localStorage.removeItem(KEPT + name);
  leave();
  if (gone?.id) call("DELETE", `/drafts/${gone.id}`, { keepalive: true }).catch(() => {});
}

/** Begin another one; this tab's is kept. */
export function leaveDraft() {
  write();
  send();
  leave();
}

/**
 * All drafts but this tab's, the latest change first: `{title, changed, name, id}`, by their name in
 * the browser or their id at the service.
 */
export async function otherDrafts() {
  const here = local();
  const there = await read("/drafts").catch(() => ({ items: [] }));
  const known = new Set([...here.map((each) => each.id), draft?.id]);
  const away = there.items
    .filter((each) => !known.has(each.id))
    .map(({ id, title, changed_at }) => ({ id, title, changed: Date.parse(changed_at) }));
  return [...here, ...away]
    .filter((each) => each.name === undefined || each.name !== name)
    .sort((a, b) => b.changed - a.changed);
}

/** Go on with another one: its content, or null where somebody has it open already. */
export async function switchTo(other) {
  leaveDraft();
  if (other.name) return (await take(other.name)) ? draft.content : null;
  const { body, headers } = await call("GET", `/drafts/${other.id}`);
  name = newName();
  draft = {
    id: body.id,
    tag: headers.get("ETag"),
    title: body.title,
    content: JSON.parse(body.content),
    changed: Date.now(),
    isSent: true,
  };
  hold(name);
  write();
  return draft.content;
}

/** Remove one that is not this tab's. */
export async function removeDraft({ name: local, id }, leaving = false) {
  if (local) localStorage.removeItem(KEPT + local);
  if (id) await call("DELETE", `/drafts/${id}`, { keepalive: leaving });
}

/** Leave no draft in the browser that the service has: somebody else may sit here next. */
export function clearKept() {
  leave();
  for (const { name: its, isSent } of local()) if (isSent) localStorage.removeItem(KEPT + its);
}

/** Drafts in this browser, the latest change first. */
function local() {
  const names = Object.keys(localStorage).filter((each) => each.startsWith(KEPT));
  return names
    .map((each) => ({ ...kept(each.slice(KEPT.length)), name: each.slice(KEPT.length) }))
    .filter((each) => each.content)
    .map(({ content: _, ...each }) => each)
    .sort((a, b) => b.changed - a.changed);
}

function kept(its) {
  try {
    return JSON.parse(localStorage.getItem(KEPT + its));
  } catch {
    return null;
  }
}

/** Make it this tab's, unless another tab has it. */
async function take(its) {
  const found = kept(its);
  if (!found || !(await hold(its))) return false;
  name = its;
  draft = found;
  sessionStorage.setItem(MINE, name);
  if (!draft.isSent) sending = setTimeout(send, SENT_AFTER);
  return true;
}

/** Other tabs leave it alone as long as this one is there; where there are no locks, nobody knows. */
function hold(its) {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((done) => {
    navigator.locks.request(KEPT + its, { ifAvailable: true }, (lock) => {
      done(Boolean(lock));
      return lock && new Promise((free) => (release = free));
    });
  });
}

function newName() {
  const made = `${Date.now()}-${Math.random().toString(36).slice(2)}`;
  sessionStorage.setItem(MINE, made);
  hold(made);
  return made;
}

function leave() {
  clearTimeout(writing);
  clearTimeout(sending);
  writing = sending = null;
  release();
  release = () => {};
  name = draft = null;
  sessionStorage.removeItem(MINE);
}

function write() {
  clearTimeout(writing);
  writing = null;
  if (!name || !draft) return;
  try {
    localStorage.setItem(KEPT + name, JSON.stringify(draft));
  } catch {
    // No room in the browser: it stays in the page, and at the service.
  }
}

/** Have the service keep it; what another machine has changed meanwhile stays there as well. */
async function send() {
  if (busy || !draft || draft.isSent) return;
  busy = true;
  const its = name;
  const sent = draft;
  try {
    const { body, headers } = await put(sent);
    settle(its, sent, { id: body.id, tag: headers.get("ETag") });
  } catch {
    // The service cannot be reached, or keeps no more: the browser has it.
  } finally {
    busy = false;
  }
}

/** The service has kept it; meanwhile it may have been changed, left or forgotten. */
function settle(its, sent, told) {
  const now = name === its ? draft : kept(its);
  if (!now) return void call("DELETE", `/drafts/${told.id}`).catch(() => {});
  const isSent = now.changed === sent.changed;
  const known = { ...now, ...told, isSent };
  if (name !== its) return localStorage.setItem(KEPT + its, JSON.stringify(known));
  draft = known;
  write();
  if (!isSent) sending = setTimeout(send, SENT_AFTER);
}

async function put({ id, tag, title, content }) {
  const json = { title: title.slice(0, 300), content: JSON.stringify(content) };
  const make = () => call("POST", "/drafts", { json });
  if (!id) return make();
  try {
    return await call("PATCH", `/drafts/${id}`, { json, headers: { "If-Match": tag } });
  } catch (problem) {
    if (![404, 412].includes(problem.status)) throw problem;
    return make();
  }
}

addEventListener("pagehide", write);
addEventListener("visibilitychange", write);
addEventListener("online", send);
