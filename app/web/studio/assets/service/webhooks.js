// Addresses that are told what becomes of lectures.

import { call, read } from "../api.js";
import { failure } from "../parts/failure.js";
import { removeSoon } from "../parts/undo.js";
import { repeat } from "../vendor/directives/repeat.js";
import { Deliveries } from "./deliveries.js";
import { EVENTS, newWebhook } from "./new-webhook.js";
import { Section } from "./section.js";
import { moment, t } from "../words.js";
import { html, nothing } from "../view.js";

export class Webhooks extends Section {
  webhooks = null;
  isAdmin = false;
  /** Messages of the webhooks that somebody looks into, by id. */
  open = new Map();
  /** What was wrong with something that was done to one, by id. */
  troubles = new Map();
  /** Those that somebody has removed, until the service is told. */
  removed = new Set();

  constructor(page) {
    super(page, "webhooks");
  }

  end() {
    for (const each of this.open.values()) each.stop();
  }

  async fetch() {
    const { signal } = this;
    this.webhooks = (await read("/webhooks", { signal })).items;
    this.isAdmin = (await read("/session", { signal })).scopes.includes("admin");
  }

  async add() {
    const made = await newWebhook();
    if (!made) return;
    this.set({ webhooks: [...this.webhooks, made] });
    this.reveal(t("service.hook.secret", made), made.secret);
  }

  /** Do something to a webhook, and tell beside it what goes wrong. */
  async attempt(webhook, act) {
    this.troubles.delete(webhook.id);
    try {
      await act();
    } catch (problem) {
      this.troubles.set(webhook.id, problem);
    }
    this.page.redraw();
  }

  turn(webhook) {
    return this.attempt(webhook, async () => {
      const json = { enabled: !webhook.enabled };
      const { body } = await call("PATCH", `/webhooks/${webhook.id}`, { json });
      this.webhooks = this.webhooks.map((each) => (each.id === body.id ? body : each));
    });
  }

  /** What comes of a test is seen among the messages. */
  test(webhook) {
    return this.attempt(webhook, async () => {
      const { body } = await call("POST", `/webhooks/${webhook.id}/test`);
      if (!this.open.has(webhook.id)) this.look(webhook);
      this.open.get(webhook.id).take([body]);
    });
  }

  look(webhook) {
    const messages = this.open.get(webhook.id);
    messages?.stop();
    if (messages) this.open.delete(webhook.id);
    else this.open.set(webhook.id, new Deliveries(webhook, this.page, this.isAdmin));
    this.page.redraw();
  }

  remove(webhook) {
    if (this.open.has(webhook.id)) this.look(webhook);
    this.removed.add(webhook.id);
    this.page.redraw();
    this.focus();
    removeSoon({
      said: t("service.hook.removed", webhook),
      remove: (leaving) => call("DELETE", `/webhooks/${webhook.id}`, { keepalive: leaving }),
      back: (problem) => {
        this.removed.delete(webhook.id);
        if (problem) this.troubles.set(webhook.id, problem);
        this.page.redraw();
      },
    });
  }

  content() {
    if (!this.webhooks) return nothing;
    const shown = this.webhooks.filter((each) => !this.removed.has(each.id));
    return html`
      <p>${t("service.webhooks.about")}</p>
      ${shown.length ? nothing : html`<p>${t("service.webhooks.none")}</p>`}
      <ul class="cards">
        ${repeat(
          shown,
          (each) => each.id,
          (each) => this.webhook(each),
        )}
      </ul>
      ${this.secret ? this.secret.view() : nothing}
      ${this.isAdmin
        ? html`<div class="row">
            <button type="button" @click=${() => this.add()}>${t("service.hook.new")}</button>
          </div>`
        : html`<p>${t("service.webhooks.forbidden")}</p>`}
    `;
  }

  webhook(each) {
    const messages = this.open.get(each.id);
    return html`
      <li class="card">
        <div class="card-head">
          <h3 class="address">${each.url}</h3>
          <span class="state" data-state=${each.enabled ? "done" : isOwn(each) ? "" : "failed"}>
            ${t(each.enabled ? "service.hook.on" : "service.hook.off")}
          </span>
        </div>
        ${each.description ? html`<p>${each.description}</p>` : nothing}
        ${each.enabled ? nothing : html`<p>${whyOff(each)}</p>`}
        <p class="hint">${t("service.hook.told", { events: told(each.events) })}</p>
        ${failure(this.troubles.get(each.id))}
        <div class="row">
          ${this.isAdmin ? this.doings(each) : nothing}
          <button
            type="button"
            aria-expanded=${messages ? "true" : "false"}
            aria-label=${`${t("service.messages")}: ${each.url}`}
            @click=${() => this.look(each)}
          >
            ${t("service.messages")}
          </button>
        </div>
        ${messages ? messages.view() : nothing}
      </li>
    `;
  }

  doings(each) {
    const doing = (name, act, isAble = true) => html`
      <button
        type="button"
        aria-label=${`${t(name)}: ${each.url}`}
        ?disabled=${!isAble}
        @click=${() => act.call(this, each)}
      >
        ${t(name)}
      </button>
    `;
    return html`
      ${doing("service.hook.test", this.test, each.enabled)}
      ${doing(each.enabled ? "service.hook.turn.off" : "service.hook.turn.on", this.turn)}
      ${doing("service.hook.remove", this.remove)}
    `;
  }
}

function told(events) {
  if (events.length === EVENTS.length) return t("service.event.all");
  return events.map((each) => t(`service.event.${each}`) ?? each).join(", ");
}

function whyOff(webhook) {
  const { disabled_at: at, disabled_reason: reason } = webhook;
  return t(`service.hook.off.${isOwn(webhook) ? "own" : "why"}`, { time: moment(at), reason });
}

/** Whether somebody switched it off, and not the receiver or its silence. */
function isOwn({ disabled_reason: reason }) {
  return reason === "the tenant disabled it";
}
