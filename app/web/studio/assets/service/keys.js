// Keys by which programs and people call.

import { call, read } from "../api.js";
import { confirmed } from "../parts/confirm.js";
import { failure } from "../parts/failure.js";
import { repeat } from "../vendor/directives/repeat.js";
import { newKey } from "./new-key.js";
import { Section } from "./section.js";
import { moment, t } from "../words.js";
import { html, nothing } from "../view.js";

export class Keys extends Section {
  keys = null;
  session = null;
  /** What went wrong after a key was made. */
  trouble = null;

  constructor(page) {
    super(page, "keys");
  }

  async fetch() {
    const { signal } = this;
    this.keys = (await read("/keys", { signal })).items;
    this.session = await read("/session", { signal });
  }

  get valid() {
    return this.keys.filter(counts);
  }

  async make() {
    // As soon as there is a key everybody needs one: this page has to sign in with it.
    const isFirst = !this.session.signed_in && !this.valid.length;
    this.page.isKeyMade = isFirst;
    try {
      const made = await newKey({ isFirst });
      if (!made) return;
      this.set({ trouble: null });
      this.reveal(t("service.key.secret", made), made.key);
      if (!this.session.signed_in) await this.enter(made.key);
      await this.load();
    } catch (trouble) {
      this.set({ trouble });
    } finally {
      this.page.isKeyMade = false;
    }
  }

  /** Sign in with a key, where one is needed by now. */
  async enter(key) {
    const { needs_key: isNeeded } = await read("/session");
    if (isNeeded) await call("POST", "/session", { json: { key } });
  }

  async revoke(key) {
    const isOwn = this.session.signed_in && this.session.name === key.name;
    const said = t("service.key.revoke.said", key);
    const isDone = await confirmed({
      title: t("service.key.revoke.title", key),
      said: isOwn ? `${said} ${t("service.key.revoke.own")}` : said,
      go: t("service.key.revoke"),
      act: () => call("DELETE", `/keys/${key.id}`),
    });
    if (!isDone) return;
    await this.load();
    this.focus();
  }

  content() {
    if (!this.keys) return nothing;
    const { valid } = this;
    const former = this.keys.filter((each) => !counts(each));
    return html`
      <p>${t("service.keys.about", { tenant: this.session?.tenant ?? "" })}</p>
      ${valid.length ? nothing : html`<p>${t("service.keys.none")}</p>`}
      ${valid.length ? this.list(valid) : nothing}
      ${this.secret ? this.secret.view() : nothing} ${failure(this.trouble)}
      <div class="row">
        <button type="button" ?disabled=${!this.session} @click=${() => this.make()}>
          ${t("service.key.new")}
        </button>
      </div>
      ${former.length
        ? html`
            <details>
              <summary>${t("service.keys.former", { count: former.length })}</summary>
              ${this.list(former)}
            </details>
          `
        : nothing}
    `;
  }

  list(keys) {
    return html`<ul class="entries">
      ${repeat(
        keys,
        (each) => each.id,
        (each) => this.key(each),
      )}
    </ul>`;
  }

  key(each) {
    return html`
      <li>
        <span class="name">${each.name}</span>
        <span>${each.scopes.map((scope) => t(`service.scope.${scope}`)).join(", ")}</span>
        <span class="hint">
          ${each.last_used_at
            ? t("service.key.used", { time: moment(each.last_used_at) })
            : t("service.key.unused")}
        </span>
        <span class="hint">${until(each)}</span>
        ${counts(each)
          ? html`<button
              type="button"
              aria-label=${t("service.key.revoke.this", each)}
              @click=${() => this.revoke(each)}
            >
              ${t("service.key.revoke")}
            </button>`
          : nothing}
      </li>
    `;
  }
}

function counts({ revoked_at: revoked, expires_at: expires }) {
  return !revoked && (!expires || new Date(expires) > new Date());
}

function until({ revoked_at: revoked, expires_at: expires }) {
  if (revoked) return t("service.key.revoked", { time: moment(revoked) });
  if (!expires) return t("service.key.forever");
  const name = new Date(expires) > new Date() ? "service.key.expires" : "service.key.expired";
  return t(name, { time: moment(expires) });
}
