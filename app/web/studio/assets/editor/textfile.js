// Texts as files: read in whatever encoding they have, and written as they were.

const UTF8_MARK = "\ufeff";

/**
 * The text of a file.
 *
 * @param {ArrayBuffer} bytes
 * @param {string} language of the page, which tells the code page of a file that is no UTF-8
 * @returns {{text: string, form: {mark: boolean, crlf: boolean}}} `form` is for `bytesOf`
 */
export function textOf(bytes, language) {
  const decoded = decode(new Uint8Array(bytes), language);
  const mark = decoded.startsWith(UTF8_MARK);
  const text = mark ? decoded.slice(1) : decoded;
  const crlf = text.includes("\r\n");
  return { text: text.replaceAll("\r\n", "\n"), form: { mark, crlf } };
}

/** The same the other way, in UTF-8. */
export function bytesOf(text, { mark = false, crlf = false } = {}) {
  const lines = crlf ? text.replaceAll("\n", "\r\n") : text;
  return new TextEncoder().encode(mark ? UTF8_MARK + lines : lines);
}

function decode(bytes, language) {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return new TextDecoder(language === "ru" ? "windows-1251" : "windows-1252").decode(bytes);
  }
}

/** Have the browser save a file. */
export function save(bytes, name) {
  const address = URL.createObjectURL(new Blob([bytes], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  Object.assign(link, { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
