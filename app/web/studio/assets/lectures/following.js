// Lectures of a list that are being made, as they go on.

import { follow } from "../events.js";
import { isOpen, take } from "../lecture/state.js";

/** A browser has six connections to a host, for all its windows: most are left to what is asked. */
const MOST = 3;

/** Follows the first few of those that are being made, for as long as somebody looks. */
export class Following {
  #ends = new Map();

  /**
   * @param {{find: (id: string) => object | undefined, changed: () => void, ended: (id: string) => void}}
   *   hearer `find` gives a lecture as it is known, in which news are noted
   */
  constructor(hearer) {
    this.hearer = hearer;
  }

  /** Follow these, and no others any more. */
  follow(lectures) {
    const open = document.hidden ? [] : lectures.filter(isOpen);
    const wanted = open.sort((one, other) => order(one) - order(other)).slice(0, MOST);
    const ids = new Set(wanted.map((each) => each.id));
    for (const id of [...this.#ends.keys()]) if (!ids.has(id)) this.#leave(id);
    for (const each of wanted) if (!this.#ends.has(each.id)) this.#begin(each);
  }

  #begin(lecture) {
    const { id } = lecture;
    const over = () => {
      this.#leave(id);
      this.hearer.ended(id);
    };
    const end = follow(id, {
      told: (_, event) => {
        take(this.hearer.find(id) ?? lecture, event);
        this.hearer.changed();
      },
      ended: over,
      refused: () => this.#leave(id),
    });
    this.#ends.set(id, end);
  }

  #leave(id) {
    this.#ends.get(id)?.();
    this.#ends.delete(id);
  }

  /** Leave all of them. */
  end() {
    this.follow([]);
  }
}

/** Those that run before those that wait. */
function order({ state }) {
  return state === "queued" ? 1 : 0;
}
