import { expect } from 'chai';
import { readAndCompile } from '../../scenarios/compile.ts';
import type { Issue } from '../../scenarios/contracts/issue.ts';
import { suiteCases } from '../run/suites.ts';
import { checkCases } from './check-cases.ts';

const HEAD = ['scenario: A low cell after a warning', 'covers: [LOAD-UV]', 'steps:', '  - { name: warn, at: 4 s, poles: { 4: open } }'];
/** The issues of one scenario whose lines follow a head of four. */
const issuesOf = (...lines: string[]): readonly Issue[] => {
  const text = [...HEAD, ...lines, 'until: { wait: 4 s }', ''].join('\n');
  const compiled = readAndCompile({ file: 's.yaml', bytes: Buffer.from(text) });
  if (!compiled.ok) throw new Error(compiled.issues.map(({ line, message }) => `${line}: ${message}`).join('\n'));
  return checkCases(compiled.cases);
};
const only = (...lines: string[]): Issue => {
  const issues = issuesOf(...lines);
  expect(issues.map(({ message }) => message)).to.have.length(1);
  return issues[0]!;
};

const measured = (line: string): readonly Issue[] => issuesOf('measure:', `  - { at: 3.5 s, ${line} }`);

const fine = (window_ms: number) =>
  issuesOf('expect:', `  - { edge: preAlarm rises, after: warn, not before: ${1500 - window_ms} ms, within: 1500 ms }`).filter(
    ({ id }) => id === 'limit-too-fine',
  );

const steps = (wait: string) => [`  - { name: hot, wait: ${wait}, poles: { 3: open, 4: open } }`, 'expect:'];

/** The remote off and on again. */
const twice = ['  - { name: off, wait: 3 s, remote: off }', '  - { name: on, wait: 3 s, remote: link }', 'expect:'];
const rising = (list: string, from: string) => issuesOf(...twice, `  - { in this order: [${list}]${from} }`).map(({ id }) => id);

const falls = (limit: string) =>
  issuesOf(
    '  - { name: low, wait: 3 s, poles: { 1: open } }',
    '  - { name: late, wait: 45 s }',
    'expect:',
    `  - { edge: load falls, after: ${limit} }`,
  ).map(({ id }) => id);

/** The lines of steps that never come. */
const waits = (...more: string[]) =>
  issuesOf('  - { name: fine, wait: 4 s, poles: { 4: closed } }', ...more).flatMap(({ id, line }) => (id === 'never-comes' ? [line] : []));

const rises = (from: string, by: string) =>
  issuesOf('expect:', `  - { eventually: preAlarm rises, after: ${from}, by: ${by} }`).map(({ id }) => id);

const never = (to: string) => issuesOf('expect:', `  - { never: preAlarm rises, from: 2 s, to: ${to} }`).map(({ id }) => id);

describe('the check against reference and bench', () => {
  it('finds nothing in the suites', () => {
    expect(checkCases(suiteCases('eol', 'regression'))).to.deep.equal([]);
  });
  it('finds nothing in demands that the reference keeps', () => {
    expect(issuesOf('expect:', '  - { at: 7 s, preAlarm: high }', '  - { edge: preAlarm rises, after: warn, within: 2 s }')).to.deep.equal(
      [],
    );
  });

  describe('against the reference', () => {
    it('finds a demand that no allowed behaviour keeps, at its place', () => {
      const issue = only('expect:', '  - { at: 7 s, preAlarm: high }', '  - { at: 7 s, load: notHigh }');
      expect(issue).to.include({ id: 'contradicted', severity: 'error', file: 's.yaml', line: 7, col: 5 });
      expect(issue.message).to.contain('the reference allows no behaviour that keeps this');
      expect(issue.hint).to.equal('rig predict s.yaml shows what the reference allows');
    });
    it('finds an edge that never comes, and one that cannot come in time', () => {
      expect(only('expect:', '  - { edge: load falls, after: warn, within: 3 s }').id).to.equal('contradicted');
      expect(only('expect:', '  - { edge: preAlarm rises, after: warn, not before: 3 s, within: 3.5 s }').id).to.equal('contradicted');
    });
    it('finds a step that waits for what only it would bring about', () => {
      const off = '  - { after: load falls, timeout: 40 s, remote: off }';
      expect(waits(off)).to.deep.equal([6]);
      expect(waits('  - { name: gone, after: load falls, timeout: 40 s }', '  - { wait: 1 s, remote: off }')).to.deep.equal([6]);
      // What was done before may bring it about, also together with the step.
      expect(waits('  - { wait: 3 s, poles: { 1: open, 4: open } }', off)).to.deep.equal([]);
      expect(waits('  - { wait: 3 s, poles: { 1: open, 4: open } }', off.replace('remote: off', 'poles: closed'))).to.deep.equal([]);
      expect(waits('  - { wait: 3 s, remote: off }', off.replace('remote: off', 'poles: open'))).to.deep.equal([]);
    });
    it('warns of a limit at which only the very first or last instant is left', () => {
      expect(falls('warn, within: 30 s')).to.deep.equal(['stricter']);
      expect(falls('warn, within: 29.9 s')).to.deep.equal(['contradicted']);
      expect(falls('preAlarm rises, within: 30 s')).to.deep.equal(['stricter']);
      expect(falls('preAlarm rises, within: 35 s')).to.deep.equal([]);
    });
    it('warns of a limit that is surely stricter, and lets the run go on', () => {
      const issue = only('expect:', '  - { edge: preAlarm rises, after: warn, within: 1 s }');
      expect(issue).to.include({ id: 'stricter', severity: 'warning', line: 6 });
      expect(only('expect:', '  - { edge: preAlarm rises, after: warn, not before: 0.5 s, within: 2 s }').severity).to.equal('warning');
    });
    it('warns of a span in which a good unit may do what is never to come', () => {
      expect([never('4 s'), never('5 s'), never('7 s')]).to.deep.equal([[], ['stricter'], ['contradicted']]);
    });
    it('warns of a level at a moment, or over a span, in which a good unit may still change', () => {
      const high = (when: string) => issuesOf('expect:', `  - { ${when}, preAlarm: high }`).map(({ id }) => id);
      expect([high('at: 4.5 s'), high('at: warn + 1.9 s'), high('at: warn + 2.1 s')]).to.deep.equal([['stricter'], ['stricter'], []]);
      expect([high('from: warn + 1 s, to: end'), high('from: warn + 2.1 s, to: end')]).to.deep.equal([['stricter'], []]);
      expect(issuesOf('expect:', '  - { at: 1 s, load: high }').map(({ id }) => id)).to.deep.equal(['stricter']);
    });
    it('warns of an edge that a good unit may show only after it has to have come, or before', () => {
      expect([rises('warn', '7 s'), rises('warn', '5 s'), rises('5 s', '7 s')]).to.deep.equal([[], ['stricter'], ['stricter']]);
      expect(rises('2 s', '3 s')).to.deep.equal(['contradicted']);
    });
    it('warns of an order that a good unit may turn round, or not be in time for', () => {
      const order = (wait: string, list: string) =>
        issuesOf(...steps(wait), `  - { in this order: [${list}], from: 3.9 s }`).map(({ id }) => id);
      expect(order('3 s', 'preAlarm rises, charger falls')).to.deep.equal([]);
      expect(order('3 s', 'charger falls, ledRed lights')).to.deep.equal(['stricter']);
      const late = issuesOf(...steps('3 s'), '  - { in this order: [preAlarm rises, charger falls], from: 3.9 s, to: hot + 1 s }');
      expect(late.map(({ id, severity }) => `${id} ${severity}`)).to.deep.equal(['stricter warning']);
    });
    it('refuses an order that forgets the power-up, or in which a signal would not go to and fro', () => {
      expect(issuesOf('expect:', '  - { in this order: [load rises, preAlarm rises] }')).to.deep.equal([]);
      expect(rising('preAlarm rises, load falls, load rises', '')).to.deep.equal(['contradicted']);
      expect(rising('load falls, preAlarm rises, load rises', ', from: 3.9 s')).to.deep.equal(['contradicted']);
      expect(rising('charger rises, load falls', '')).to.deep.equal(['stricter']);
      expect(rising('load falls, charger rises', ', from: 3.9 s, to: on + 2.5 s')).to.deep.equal([]);
      expect(rising('load falls, load rises', '')).to.deep.equal(['contradicted']);
      expect(rising('load falls, load rises', ', from: 3.9 s, to: on + 2.5 s')).to.deep.equal([]);
      expect(rising('load rises, load falls, load rises', ', to: on + 2.5 s')).to.deep.equal([]);
    });
    it('does not warn of what only follows from another edge, or counts from it', () => {
      const trip = [
        '  - { name: low, wait: 2.5 s, poles: { 1: open, 4: open } }',
        '  - { name: tripped, after: load falls, timeout: 38 s }',
        'expect:',
      ];
      expect(issuesOf(...trip, '  - { in this order: [load falls, ledBlue goes dark], from: low }')).to.deep.equal([]);
      expect(issuesOf(...trip, '  - { never: charger falls, from: low }', '  - { eventually: preAlarm falls, after: low }')).to.deep.equal(
        [],
      );
    });
    it('does not warn where the reference leaves it open in other ways', () => {
      expect(issuesOf('expect:', '  - { at: 3.5 s, ledBlue: on }', '  - { at: 1 s, ledRed: off }')).to.deep.equal([]);
    });
  });

  describe('against the bench', () => {
    it('finds a window that is measured too coarsely, and one-sided limits likewise', () => {
      const [window, limit] = [measured('what: supplyVoltage, low: 12.7 V, high: 12.9 V'), measured('what: loadDrop, high: 0.03 V')];
      expect(window[0]).to.include({ id: 'limit-too-fine', severity: 'error', line: 6, col: 5 });
      expect(window[0]?.message).to.match(
        /^supplyVoltage is measured to \+-2\d\.\d mV at a supply of 12\.8 V, more than a tenth of the window of 200 mV$/,
      );
      expect(limit[0]?.message).to.contain('more than a tenth of the limit of 30 mV');
    });
    it('finds nothing where a tenth suffices', () => {
      expect(measured('what: supplyVoltage, low: 11 V, high: 15 V')).to.deep.equal([]);
      expect(measured('what: supplyCurrent, low: 1.1 mA, high: 3.3 mA')).to.deep.equal([]);
      expect(measured('what: loadDrop, high: 0.15 V')).to.deep.equal([]);
    });
    it('finds a limit where the range ends', () => {
      expect(measured('what: loadDrop, high: 1.99 V')[0]?.message).to.contain('where the range of loadDrop ends');
    });
    it('finds a window of time finer than ten times what two stamps and the clock leave open', () => {
      // 146 us, and of 1.5 s what the clock of so short a case is known to: over 400 ppm.
      expect(fine(8)).to.deep.equal([]);
      expect(fine(6)[0]?.message).to.contain('1.5 s is measured to +-781 us, more than a tenth of the window of 6 ms');
    });
  });
});
