const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as it may stand in HTML content and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]);
}

/**
 * JSON as it may stand inside a script element: `<`, `>` and `&` cannot end the element or open a comment, and the
 * line separators that old scripts take for line ends are written as escapes. Parses to the same value.
 */
export function escapeJson(value: unknown): string {
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Program text as it may stand inside a script element: nothing in it ends the element or hides its end. */
export function escapeScript(source: string): string {
  return source.replace(/<(?=\/script|!--|script)/gi, '\\x3c');
}

/** An identifier for `id` and `#…` made of any text; different texts give different identifiers. */
export function anchor(prefix: string, text: string): string {
  return `${prefix}-${text.replace(/[^A-Za-z0-9-]/g, (character) => `_${character.codePointAt(0)!.toString(16)}_`)}`;
}
