/** How well the bench itself was: its clock, its link and its contacts, case by case, each against what it may be. */

import type { RecordedAttempt, RunRecord } from '../record.ts';
import { CONTACT_LIMIT_mOhm, TERMINALS } from '../../scenarios/signals.ts';
import { finalAttempts } from '../record.ts';
import { finite } from './lanes.ts';
import { markup, type Child, type Markup } from './markup.ts';

type Trace = NonNullable<RecordedAttempt['trace']>;

/** A resonator may be off by this much; beyond it is another part than the fixture has. Source: rig/sim/BENCH.md, clocks. */
const RATE_MOST_ppm = 5_500;

/** A value on a scale with the part that is allowed. */
function scale(value: number, low: number, high: number, least: number, most: number, tone: 'pass' | 'fail' | 'inconclusive'): Markup {
  const x = (at: number): string => (((Math.min(most, Math.max(least, at)) - least) / (most - least)) * 150).toFixed(1);
  return markup`<svg class="gauge ${tone}" viewBox="0 0 150 16" aria-hidden="true"><path class="track" d="M0 8H150"/><rect class="range" x="${x(low)}" y="2" width="${(Number(x(high)) - Number(x(low))).toFixed(1)}" height="12"/><path class="value" d="M${x(value)} 2V14"/></svg>`;
}

const count = (value: number | null, bad: boolean): Markup => {
  const shown = value ?? 0;
  return shown === 0
    ? markup`0`
    : bad
      ? markup`<strong class="fail tone">${shown}</strong>`
      : markup`<span class="inconclusive tone">${shown}</span>`;
};

const caseRow = (id: string, anchor: string, { clock, link, boots }: Trace): Markup => {
  const jump_us = finite(clock.jump_us, 0);
  return markup`<tr><td><a href="#${anchor}">${id}</a></td><td class="num">${clock.rate_ppm === null ? '-' : `${clock.rate_ppm.toFixed(1)} ±${finite(clock.bound_ppm, 0).toFixed(1)} ppm`}</td><td class="num">${jump_us === 0 ? 'none' : markup`<strong class="fail tone">${jump_us.toFixed(0)} us</strong>`}</td><td class="num">${clock.samples}</td><td class="num">${link.linesSent} / ${link.linesReceived}</td><td class="num">${count(link.crcErrors, false)}</td><td class="num">${count(link.resent, false)}</td><td class="num">${count(link.lost, true)}</td><td class="num">${count(link.overflow, true)}</td><td class="num">${count(Math.round(finite(link.stalled_ms, 0)), false)}</td><td class="num">${boots.length > 1 ? markup`<strong class="fail tone">${boots.length}</strong>` : boots.length}</td></tr>`;
};

function contactRows(contacts: RunRecord['contacts'], limit_mOhm: number): readonly Markup[] {
  return contacts
    .toSorted((a, b) => finite(b.value_mOhm) - finite(a.value_mOhm))
    .map(({ terminal, value_mOhm, uncertainty_mOhm }) => {
      const good = value_mOhm !== null && value_mOhm <= limit_mOhm;
      const value: Child =
        value_mOhm === null ? 'open' : `${(value_mOhm / 1000).toFixed(2)} Ohm ±${(finite(uncertainty_mOhm, 0) / 1000).toFixed(2)}`;
      return markup`<tr><td>${TERMINALS[terminal]}</td><td class="num">${value}</td><td>${scale(value_mOhm ?? limit_mOhm * 1.3, 0, limit_mOhm, 0, limit_mOhm * 1.3, good ? 'pass' : 'fail')}</td><td><span class="pill ${good ? 'pass' : 'fail'}">${good ? 'good' : 'bad'}</span></td></tr>`;
    });
}

const overall = (record: RunRecord): readonly (readonly [string, Child, Child])[] => {
  const { link, clock, benchFaults } = record;
  const brokenOff = finalAttempts(record).some(({ last }) => last.trace?.end === 'lost');
  const spoiled = finite(link.lost, 0) + finite(link.overflow, 0);
  const worn = finite(link.crcErrors, 0) + finite(link.resent, 0);
  return [
    [
      'clock',
      clock === null
        ? 'not fitted'
        : `${finite(clock.rate_ppm, 0).toFixed(1)} ppm against the host, known to ±${finite(clock.bound_ppm, 0).toFixed(1)} ppm where it was known worst`,
      clock === null
        ? null
        : scale(
            finite(clock.rate_ppm, 0),
            -RATE_MOST_ppm,
            RATE_MOST_ppm,
            -RATE_MOST_ppm * 1.2,
            RATE_MOST_ppm * 1.2,
            clock.jump_us === 0 ? 'pass' : 'fail',
          ),
    ],
    [
      'link',
      brokenOff
        ? 'it was lost before the end of a case'
        : spoiled > 0
          ? `${spoiled} events were lost: what is missing may be the bench’s doing`
          : worn > 0
            ? `nothing was lost; ${finite(link.crcErrors, 0)} lines came damaged and ${finite(link.resent, 0)} were sent again`
            : 'nothing was lost, damaged or sent again',
      markup`<span class="pill ${brokenOff || spoiled > 0 ? 'fail' : worn > 0 ? 'inconclusive' : 'pass'}">${brokenOff || spoiled > 0 ? 'lost' : worn > 0 ? 'repaired' : 'clean'}</span>`,
    ],
    [
      'faults',
      benchFaults.length === 0 ? 'none of the whole bench' : benchFaults.map(({ text }) => text).join(' '),
      markup`<span class="pill ${benchFaults.length === 0 ? 'pass' : 'broken'}">${benchFaults.length === 0 ? 'none' : benchFaults.length}</span>`,
    ],
  ];
};

export function healthSection(record: RunRecord, anchorOf: (index: number) => string): Markup {
  const limit_mOhm = record.maintenance?.contactLimit_mOhm ?? CONTACT_LIMIT_mOhm;
  const rows = finalAttempts(record).flatMap(({ recorded, last: { trace } }, index) =>
    trace === null ? [] : [caseRow(recorded.case.id, anchorOf(index), trace)],
  );
  return markup`<section aria-labelledby="bench"><h2 id="bench">Clock, link and contacts</h2><div class="wide"><table><tbody>${overall(
    record,
  ).map(
    ([name, text, picture]) => markup`<tr><th scope="row">${name}</th><td>${text}</td><td>${picture}</td></tr>`,
  )}</tbody></table></div>${
    rows.length === 0
      ? null
      : markup`<details class="more"><summary>Case by case</summary><div class="wide"><table><thead><tr><th scope="col">case</th><th scope="col" class="num">clock rate</th><th scope="col" class="num">jump</th><th scope="col" class="num">pings</th><th scope="col" class="num">lines sent / received</th><th scope="col" class="num">damaged</th><th scope="col" class="num">sent again</th><th scope="col" class="num">lost</th><th scope="col" class="num">dropped</th><th scope="col" class="num">host late, ms</th><th scope="col" class="num">boots</th></tr></thead><tbody>${rows}</tbody></table></div></details>`
  }${
    record.contacts.length === 0
      ? null
      : markup`<details class="more"><summary>Contacts: ${record.contacts.length} terminals, measured before the supply was on</summary><div class="wide"><table><thead><tr><th scope="col">terminal</th><th scope="col" class="num">force and sense contact</th><th scope="col">at most ${limit_mOhm / 1000} Ohm</th><th scope="col"></th></tr></thead><tbody>${contactRows(record.contacts, limit_mOhm)}</tbody></table></div></details>`
  }</section>`;
}
