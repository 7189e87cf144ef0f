/** Text into HTML and SVG without a way for it to become markup. */

import { signName, TURNING } from '../../scenarios/contracts/hidden-signs.ts';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Markup that is known to be safe, as against a text that is not. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** Of a character class. */
const CONTROL = String.raw`\u0000-\u0008\u000B\u000C\u000E-\u001F`;
const CONTROLS = new RegExp(`[${CONTROL}]`, 'g');

/** Signs that turn the direction of what follows, or that cannot be seen: a serial number could rewrite the words beside it. */
const TURNED = new RegExp(`[${TURNING}]`, 'g');
/** Such signs by their names. */
export const turningShown = (text: string): string => text.replace(TURNED, (sign) => `[${signName(sign)}]`);

export type Child = Markup | string | number | null | readonly Child[];

/** Cannot stay as it is; most texts have nothing of it. */
const SPECIAL = new RegExp(`[&<>"'${CONTROL}${TURNING}]`);

const flat = (child: Child): string => {
  if (child === null) return '';
  if (child instanceof Markup) return child.text;
  if (typeof child === 'number') return String(child);
  if (typeof child === 'object') return child.map(flat).join('');
  if (!SPECIAL.test(child)) return child;
  return turningShown(child.replace(CONTROLS, '')).replace(/[&<>"']/g, (found) => ESCAPES[found] ?? found);
};

/** Tagged template: everything put in is escaped unless it is markup itself. */
export const markup = (parts: TemplateStringsArray, ...children: readonly Child[]): Markup => {
  let text = parts[0]!;
  for (const [index, child] of children.entries()) text += flat(child) + parts[index + 1]!;
  return new Markup(text);
};
