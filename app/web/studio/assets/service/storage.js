// What the caller's tenant has stored.

import { read } from "../api.js";
import { usage } from "../parts/usage.js";
import { Section } from "./section.js";
import { nothing } from "../view.js";

export class Storage extends Section {
  /** As `GET /v1/usage` tells it. */
  told = null;

  constructor(page) {
    super(page, "storage");
  }

  async fetch() {
    this.told = await read("/usage", { signal: this.signal });
  }

  content() {
    return this.told ? usage(this.told) : nothing;
  }
}
