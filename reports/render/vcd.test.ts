import { expect } from 'chai';
import { makeRecord } from '../record.ts';
import { facts, goodAttempt, goodRecord, mixedRecord, notRunAttempt } from '../testing/runs.ts';
import { renderVcd } from './vcd.ts';

interface Wave {
  readonly scope: string;
  readonly name: string;
  readonly changes: (readonly [number, string])[];
}

/** A reader of its own, from the standard: every token is checked, and nothing is skipped. */
function parse(text: string): readonly Wave[] {
  const [head, body] = text.split('$enddefinitions $end\n');
  const waves = new Map<string, Wave>();
  let scope = '';
  for (const line of head!.trimEnd().split('\n')) {
    const words = line.split(' ');
    expect(words.at(-1), line).to.equal('$end');
    if (words[0] === '$scope') scope = words[2]!;
    else if (words[0] === '$var') {
      expect(words.slice(1, 3)).to.deep.equal(['wire', '1']);
      expect(waves.has(words[3]!), `code ${words[3]} used once`).to.equal(false);
      waves.set(words[3]!, { scope, name: words[4]!, changes: [] });
    } else expect(['$version', '$comment', '$timescale', '$upscope']).to.include(words[0]);
  }
  let time = -1;
  for (const line of body!.trimEnd().split('\n')) {
    if (line.startsWith('#')) {
      const next = Number(line.slice(1));
      expect(Number.isInteger(next) && next > time, `${line} after ${time}`).to.equal(true);
      time = next;
    } else if (line !== '$dumpvars' && line !== '$end') {
      expect('01xz').to.include(line[0]!);
      const wave = waves.get(line.slice(1));
      expect(wave, line).not.to.equal(undefined);
      wave!.changes.push([time, line[0]!]);
    }
  }
  return [...waves.values()];
}

const wave = (text: string, name: string, scope = 0): readonly (readonly [number, string])[] => {
  const all = parse(text);
  const scopes = [...new Set(all.map((one) => one.scope))];
  return all.find((one) => one.name === name && one.scope === scopes[scope])!.changes;
};

describe('the value change dump of a run', () => {
  it('has the edges of the trace at their instants, half a second after the first event', () => {
    expect(wave(renderVcd(goodRecord), 'load')).to.deep.equal([
      [0, 'x'],
      [0, '0'],
      [900_000, '1'],
      [38_000_000, 'z'],
      [40_500_000, 'x'],
    ]);
  });

  it('says of the drives what was done', () => {
    const text = renderVcd(goodRecord);
    expect(wave(text, 'pole1').map(([, bit]) => bit)).to.deep.equal(['x', '0', '1', '0', 'x']);
    expect(wave(text, 'supply_on')).to.deep.include.members([[500_000, '1']]);
  });

  it('tells floating from low', () => {
    const low = { ...goodAttempt, trace: { ...goodAttempt.trace!, probes: [] } };
    expect(wave(renderVcd(makeRecord(facts([low]))), 'load').map(([, bit]) => bit)).to.deep.equal(['x', '0', '1', '0', 'x']);
  });

  it('puts cases end to end, one scope each, and leaves out those without a trace', () => {
    const text = renderVcd(makeRecord(facts([goodAttempt, goodAttempt, notRunAttempt])));
    expect(new Set(parse(text).map(({ scope }) => scope))).to.have.property('size', 2);
    expect(wave(text, 'load', 1)).to.deep.include.members([
      [40_500_000, '0'],
      [41_400_000, '1'],
    ]);
  });

  it('keeps hostile names out of its grammar, and apart', () => {
    const record = makeRecord(facts([goodAttempt, goodAttempt]));
    const hostile = (id: string, index: number) => ({ ...record.cases[index]!, case: { ...record.cases[index]!.case, id } });
    const text = renderVcd({ ...record, runId: '$end\n#5', cases: [hostile('a b$end', 0), hostile('a/b end', 1)] });
    expect([...new Set(parse(text).map(({ scope }) => scope))]).to.deep.equal(['a_b_end', 'a_b_end_2']);
  });

  it('holds whatever else can happen in a run', () => {
    expect(parse(renderVcd(mixedRecord)).length).to.be.greaterThan(0);
    expect(parse(renderVcd(makeRecord(facts([notRunAttempt]))))).to.deep.equal([]);
  });
});
