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
}

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The whole page as text. Attributes `style` and `on...` do not work in it. */
export function renderPage({ title, style, script = '', pictures = false, body }: Page): string {
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
<title>${title}</title><style>${new Markup(style)}</style></head>
<body>${body}${script === '' ? null : markup`<script>${new Markup(script)}</script>`}</body></html>
`.text;
}
