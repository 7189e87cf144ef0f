// `rig coverage` as its users call it: the page, the document, a proof of one's own, and bad input.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { coverageDocument } from '../../reports/shape/coverage.ts';
import { refused, runCommand, scratchFolder } from './testing/command.ts';

const MINE = `scenario: A charge alarm disconnects the charger alone
covers: [CHG-OV]
steps:
  - { at: 4 s, poles: { 3: open } }
until: { wait: 2.2 s }
`;

const ASKS = `scenario: A low cell, once somebody has said so
covers: [PRE-30S]
steps:
  - { name: go, at: 3 s, ask: { text: Ready?, choices: [ready] } }
  - { wait: 1 s, poles: { 1: open, 4: open } }
until: { wait: 40 s }
`;

describe('rig coverage', () => {
  const scratch = scratchFolder();
  const mine = scratch.file('mine.yaml', MINE);
  const asking = scratchFolder();
  after(() => [scratch, asking].forEach((one) => one.remove()));

  it('counts nothing as proven that has not been, then finds the proofs and says what was caught', async () => {
    const before = coverageDocument.parse(JSON.parse((await runCommand(['coverage', mine, '--json'])).out));
    expect(before.proven.hit).to.equal(0);
    const { exit, out, err } = await runCommand(['coverage', mine, '--prove']);
    expect(exit, err).to.equal(0);
    expect(err).to.contain('Proving 1 case').and.to.contain('mine');
    expect(out).to.contain('1 of ');
    const after = coverageDocument.parse(JSON.parse((await runCommand(['coverage', mine, '--json'])).out));
    const of = (id: string) => after.requirements.find((one) => one.id === id)!;
    expect(of('CHG-OV').scenarios[0]).to.include({ proven: true });
    expect(existsSync(path.join(scratch.path, 'proofs.json'))).to.equal(true);
  });

  it('writes the page where it is told to', async () => {
    const page = path.join(scratch.path, 'coverage.html');
    const { out } = await runCommand(['coverage', mine, '--page', page]);
    expect(out).to.contain(`Page: ${page}`);
    expect(readFileSync(page, 'utf8')).to.match(/^<!doctype html>/u);
  });

  it('exits with 2 where it has to be complete and is not', async () => {
    expect((await runCommand(['coverage', mine, '--complete'])).exit).to.equal(2);
  });

  it('refuses what it cannot read or write', async () => {
    expect((await refused(['coverage', path.join(scratch.path, 'none.yaml')], 2)).issues[0]).to.contain('does not exist');
    expect((await refused(['coverage', mine, '--page', path.join(scratch.path, 'no', 'where.html')], 2)).code).to.equal('outUnwritable');
    expect((await refused(['coverage', mine, '--seed', 'x'], 2)).message).to.contain('--seed');
    scratch.file('proofs.json', 'nonsense');
    expect((await refused(['coverage', mine], 2)).message).to.contain('is no table of proofs');
  });

  it('proves what waits for an answer only where a file gives it', async () => {
    const asks = asking.file('asks.yaml', ASKS);
    const answers = asking.file('answers.txt', 'answers:\n  - { step: go, choice: ready }\n');
    const proven = async (...more: readonly string[]) => {
      const { out } = await runCommand(['coverage', asks, '--prove', '--json', ...more]);
      return coverageDocument.parse(JSON.parse(out)).requirements.find(({ id }) => id === 'PRE-30S')?.scenarios[0]?.proven;
    };
    expect([await proven(), await proven('--answers', answers)]).to.deep.equal([false, true]);
    expect((await refused(['coverage', asks, '--answers', answers], 2)).hint).to.equal('add --prove, or leave out --answers');
  });
});
