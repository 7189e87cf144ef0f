/** The timeline of a case on a page: the picture that can be zoomed, the still one for paper and for readers without script, and the table behind both. */

import type { RecordedAttempt } from '../../record.ts';
import { finite } from '../lanes.ts';
import { markup, Markup } from '../markup.ts';
import type { TimelineModel } from './model.ts';
import { isLarge, overviewOf } from './overview.ts';
import { packTimeline } from './pack.ts';
import { edgeRows } from './readings.ts';

/** Rows of the table that stand there without script. */
const STILL_ROWS = 60;

const BUTTONS: readonly (readonly [act: string, sign: string, name: string])[] = [
  ['all', 'All', 'Show the whole case (Home)'],
  ['in', '+', 'Zoom in (+)'],
  ['out', '−', 'Zoom out (−)'],
  ['left', '◀', 'To the left (←)'],
  ['right', '▶', 'To the right (→)'],
  ['back', '↶', 'The part shown before (Backspace)'],
];
const CURSOR_BUTTONS: readonly (readonly [act: string, sign: string, name: string])[] = [
  ['previous', '‹ A', 'Cursor A to the edge before (,)'],
  ['next', 'A ›', 'Cursor A to the next edge (.)'],
  ['previousB', '‹ B', 'Cursor B to the edge before (Shift and ,)'],
  ['nextB', 'B ›', 'Cursor B to the next edge (Shift and .)'],
  ['cursors', 'A to B', 'Show what lies between the cursors (C)'],
  ['clear', 'Clear', 'Take the cursors away (Escape)'],
];

const buttons = (list: typeof BUTTONS): readonly Markup[] =>
  list.map(([act, sign, name]) => markup`<button type="button" data-act="${act}" title="${name}" aria-label="${name}">${sign}</button>`);

const LEGEND = markup`<p class="legend"><i class="l-level"></i>measured<i class="l-rail"></i>the only level allowed<i class="l-either"></i>either level allowed<i class="l-window"></i>window of an expected edge<i class="l-probe"></i>probe<i class="l-flag"></i>difference<i class="l-drive"></i>driven</p>`;

function table(model: TimelineModel): Markup {
  const { rows, of } = edgeRows(model, { from_us: -Infinity, to_us: Infinity }, STILL_ROWS);
  const note = rows.length === of ? `The ${of} edges of the case.` : `The first ${rows.length} of ${of} edges; record.json holds all.`;
  return markup`<details class="edges"><summary>The edges as a table</summary><p class="note soft">${note}</p><div class="wide"><table><thead><tr><th scope="col">at</th><th scope="col">edge</th><th scope="col">known to</th><th scope="col">allowed</th><th scope="col">why</th></tr></thead><tbody>${rows.map(
    ({ at, signal, what, known, allowed, why }) =>
      markup`<tr><td>${at}</td><td>${signal} ${what}</td><td>${known}</td><td>${allowed}</td><td>${why}</td></tr>`,
  )}</tbody></table></div></details>`;
}

const lengths = ({ prediction }: RecordedAttempt): readonly number[] =>
  (prediction?.edges ?? []).flatMap(({ causes }) => causes.flatMap(({ min_us, max_us }) => [finite(min_us), finite(max_us)]));

export interface Figure {
  readonly figure: Markup;
  /** What of a large timeline the end of the page carries: nothing that is seen first waits for it. */
  readonly carried: Markup | null;
}

const packed = (model: TimelineModel, attempt: RecordedAttempt): Markup => new Markup(packTimeline(model, lengths(attempt)));

/** `still` is the drawing that needs no script; `id` names the timeline on its page. */
export function timelineFigure(id: string, title: string, model: TimelineModel, attempt: RecordedAttempt, still: Markup): Figure {
  const large = isLarge(model);
  const figure = markup`<figure class="timeline" aria-label="${title}"${large ? markup` data-whole="${id}-whole"` : null}><div class="bar" role="toolbar" aria-label="${title}: view and cursors"><span>${buttons(BUTTONS)}</span><span>${buttons(CURSOR_BUTTONS)}</span>${
    model.flags.length === 0
      ? null
      : markup`<span><button type="button" data-act="flag" title="Next difference (D)" aria-label="Next difference (D)">Next difference</button></span>`
  }</div>
<canvas tabindex="0" role="application" aria-busy="true" aria-label="${title}: measured over allowed, from ${(model.from_us / 1e6).toFixed(3)} s to ${(model.to_us / 1e6).toFixed(3)} s" aria-describedby="keys"></canvas><div class="still">${still}</div>
<p class="pointed"></p><p class="measured"></p><p class="spoken hidden" aria-live="polite"></p>${LEGEND}
${table(model)}<script type="text/plain" class="packed">${packed(large ? overviewOf(model) : model, attempt)}</script></figure>`;
  return { figure, carried: large ? markup`<script type="text/plain" id="${id}-whole">${packed(model, attempt)}</script>` : null };
}
