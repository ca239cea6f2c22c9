// Looks at something again and again, as long as somebody sees the page.

/**
 * @param {number} seconds between the end of a look and the next
 * @param {() => Promise<void>} look tells what goes wrong itself
 * @returns {() => void} which ends it
 */
export function renewing(seconds, look) {
  let timer = 0;
  let looks = false;
  let ended = false;

  async function next() {
    clearTimeout(timer);
    if (looks || ended || document.hidden) return;
    looks = true;
    await look();
    looks = false;
    if (!ended && !document.hidden) timer = setTimeout(next, 1000 * seconds);
  }

  document.addEventListener("visibilitychange", next);
  next();
  return () => {
    ended = true;
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", next);
  };
}
