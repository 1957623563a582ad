import { escapeHtml } from './escape.js';

/** Markup that is safe to insert as it stands; only `html` and `trusted` make it. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }

  toString(): string {
    return this.markup;
  }
}

/** What may stand in an `html` template; text is escaped, `null` and `false` leave nothing. */
export type HtmlValue = Html | string | number | null | false | readonly HtmlValue[];

function markupOf(value: HtmlValue): string {
  if (value === null || value === false) return '';
  if (value instanceof Html) return value.markup;
  if (typeof value === 'string') return escapeHtml(value);
  if (typeof value === 'number') return String(value);
  return value.map(markupOf).join('');
}

/** Template tag that escapes every value that is not markup already, so that forgetting to escape is not possible. */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return new Html(parts.reduce((text, part, i) => text + markupOf(values[i - 1] ?? null) + part));
}

/** Markup that this module's own code wrote (style, script); never text from data. */
export function trusted(markup: string): Html {
  return new Html(markup);
}
