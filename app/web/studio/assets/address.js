// Which page is shown: its address is the only thing that says so.

const root = document.documentElement.dataset.prefix;

const PAGES = [
  ["new", /^\/$/],
  ["lectures", /^\/studio\/lectures$/],
  ["lecture", /^\/studio\/lectures\/([^/]+)$/],
  ["library", /^\/studio\/library$/],
  ["service", /^\/studio\/service$/],
];

/** A path of the service, as the browser has to name it. */
export function at(path) {
  return `${root}${path}`;
}

/** Name and parts of the page at an address; `missing` where there is none. */
export function pageAt(pathname) {
  const path = pathname.slice(root.length).replace(/\/+$/, "") || "/";
  for (const [name, pattern] of PAGES) {
    const found = pattern.exec(path === "/studio" ? "/" : path);
    if (found) return { name, parts: found.slice(1).map(decodeURIComponent) };
  }
  return { name: "missing", parts: [] };
}

/** Go to a page without loading everything anew. */
export function go(path, { replace = false } = {}) {
  history[replace ? "replaceState" : "pushState"](null, "", at(path));
  dispatchEvent(new Event("videolecture:page"));
}

/** Have links within the page change the page only. */
export function followLinks() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
    if (link.hash && link.pathname === location.pathname) return; // a place on this page
    if (pageAt(link.pathname).name === "missing") return;
    event.preventDefault();
    go(link.pathname.slice(root.length) + link.search);
  });
  let here = location.pathname + location.search;
  addEventListener("videolecture:page", () => (here = location.pathname + location.search));
  addEventListener("popstate", () => {
    if (here !== location.pathname + location.search) dispatchEvent(new Event("videolecture:page"));
  });
}
