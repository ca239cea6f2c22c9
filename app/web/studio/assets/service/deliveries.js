// The messages to a webhook: whether they arrived, and what came of every try.

import { call, read } from "../api.js";
import { failure } from "../parts/failure.js";
import { repeat } from "../vendor/directives/repeat.js";
import { renewing } from "./renewing.js";
import { moment, t } from "../words.js";
import { html, nothing } from "../view.js";

const SECONDS = 4;
const PAGE = 10;

export class Deliveries {
  #isKnown = false;
  /** Newest first; null: not known yet. */
  messages = null;
  problem = null;
  cursor = null;
  /** What somebody was told of the last message that he had sent again. */
  said = "";

  /** @param {{id: string}} webhook @param {{redraw: () => void}} page */
  constructor(webhook, page, isAdmin) {
    Object.assign(this, { webhook, page, isAdmin });
    this.path = `/webhooks/${webhook.id}/deliveries`;
    this.stop = renewing(SECONDS, () => this.look());
  }

  set(values) {
    Object.assign(this, values);
    this.page.redraw();
  }

  /** What is new on the first page; what was fetched below it stays. */
  async look() {
    const { signal } = this.page.cancelled;
    try {
      const { items, next_cursor: cursor } = await read(`${this.path}?limit=${PAGE}`, { signal });
      if (!this.#isKnown) this.cursor = cursor;
      this.#isKnown = true;
      this.take(items);
      this.problem = null;
    } catch (problem) {
      if (!this.page.closed) this.problem = problem;
    }
    this.page.redraw();
  }

  async more() {
    try {
      const { items, next_cursor: cursor } = await read(
        `${this.path}?limit=${PAGE}&cursor=${encodeURIComponent(this.cursor)}`,
      );
      this.take(items);
      this.set({ cursor });
    } catch (problem) {
      this.set({ problem });
    }
  }

  /** Ids rise with time. */
  take(items) {
    const known = new Map((this.messages || []).map((each) => [each.id, each]));
    for (const each of items) known.set(each.id, each);
    this.messages = [...known.values()].sort((one, other) => (one.id < other.id ? 1 : -1));
  }

  async again(message) {
    try {
      const { body } = await call("POST", `${this.path}/${message.id}/retry`);
      this.take([body]);
      this.set({ said: t("service.message.sent"), problem: null });
    } catch (problem) {
      this.set({ problem });
    }
  }

  view() {
    return html`
      <div class="messages">
        <h4>${t("service.messages")}</h4>
        ${failure(this.problem, () => this.look())}
        <p role="status" class="unseen">${this.said}</p>
        ${this.messages?.length === 0 ? html`<p>${t("service.messages.none")}</p>` : nothing}
        ${this.messages?.length ? this.list() : nothing}
        ${this.cursor
          ? html`<button type="button" @click=${() => this.more()}>${t("service.messages.more")}</button>`
          : nothing}
      </div>
    `;
  }

  list() {
    return html`
      <ul class="entries">
        ${repeat(
          this.messages,
          (each) => each.id,
          (each) => this.message(each),
        )}
      </ul>
    `;
  }

  message(each) {
    const state = { delivered: "done", failed: "failed" }[each.state] ?? "running";
    const event = t(`service.event.${each.event}`) ?? each.event;
    const created = moment(each.created_at);
    return html`
      <li data-message=${each.id}>
        <span class="state" data-state=${state}>${t(`service.message.${each.state}`)}</span>
        <span class="name">${event}</span>
        <time datetime=${each.created_at}>${created}</time>
        <span class="hint">${t("service.message.tries", { count: each.tries })}</span>
        <span>${answer(each)}</span>
        ${each.next_try_at && each.tries
          ? html`<span class="hint">${t("service.message.next", { time: moment(each.next_try_at) })}</span>`
          : nothing}
        ${this.isAdmin
          ? html`<button
              type="button"
              aria-label=${t("service.message.again.this", { event, time: created })}
              @click=${() => this.again(each)}
            >
              ${t("service.message.again")}
            </button>`
          : nothing}
        ${details(each)}
      </li>
    `;
  }
}

/** What the receiver last said, or why it said nothing. */
function answer({ log, last_error: error }) {
  const last = log.at(-1);
  if (!last) return error ? t(`service.error.${error}`) ?? error : "";
  if (last.status !== null) return t("service.message.answered", last);
  return t(`service.error.${last.error}`) ?? last.error;
}

function details({ id, log, payload }) {
  return html`
    <details class="whole">
      <summary>${t("service.message.whole")}</summary>
      <p class="hint">${id}</p>
      ${log.length
        ? html`<ol>
            ${log.map(
              (each) => html`
                <li>
                  ${moment(each.at)}: ${answer({ log: [each] })},
                  ${t("service.message.took", each)}
                </li>
              `,
            )}
          </ol>`
        : nothing}
      <pre tabindex="0" aria-label=${t("service.message.payload")}>${JSON.stringify(payload, null, 2)}</pre>
    </details>
  `;
}
