import { html, trusted, type Html } from './html.js';

/**
 * Marks our own scripts. The content security policy lets nothing else run (no handlers in attributes) and nothing be
 * loaded; it is the second fence, the first is that `html` escapes all text.
 */
export const NONCE = 'swinglab-report';
const POLICY = `default-src 'none'; script-src 'nonce-${NONCE}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'`;

export interface PageHead {
  readonly title: string;
  readonly description: string;
  /** Style sheet; our own text, never from data. */
  readonly style: string;
}

/** The head of a page that loads nothing. */
export function pageHead({ title, description, style }: PageHead): Html {
  return html`<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="description" content="${description}">
<title>${title} · swinglab</title>
<link rel="icon" href="data:,">
<style>${trusted(style)}</style>
</head>`;
}
