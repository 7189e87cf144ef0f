/** A page that is one file: what it may run and what it looks like is named by hash, and it may load nothing. */

import { createHash } from 'node:crypto';
import { markup, Markup } from './markup.ts';

export interface Page {
  readonly title: string;
  readonly style: string;
  /** Empty: the page runs nothing. */
  readonly script?: string;
  /** Shows pictures that are in the page itself. */
  readonly pictures?: boolean;
  readonly body: Markup;
  /** What the script needs only once it has run. */
  readonly after?: Markup;
}

/**
 * A page of ASCII alone is read by a browser in half the time: from the first other sign on it keeps all text in wide ones. U+0080 to U+009F stay as they are, since
 * by number they would mean something else.
 */
const entities = ({ text }: Markup): Markup => new Markup(text.replaceAll(/[^\0-\u009F]/gu, (sign) => `&#${sign.codePointAt(0)};`));
const escapes = (script: string): string =>
  script.replaceAll(/[^\0-\u007F]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The whole page as text. Attributes `style` and `on...` do not work in it. */
export function renderPage({ title, style, script: written = '', pictures = false, body, after }: Page): string {
  const script = escapes(written);
  const policy = [
    "default-src 'none'",
    `style-src ${hash(style)}`,
    ...(script === '' ? [] : [`script-src ${hash(script)}`]),
    ...(pictures ? ['img-src data:'] : []),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}">
<title>${entities(markup`${title}`)}</title><style>${new Markup(style)}</style></head>
<body>${entities(body)}${script === '' ? null : markup`<script>${new Markup(script)}</script>`}${after === undefined ? null : entities(after)}</body></html>
`.text;
}
