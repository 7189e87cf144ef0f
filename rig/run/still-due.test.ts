import { expect } from 'chai';
import { readAndCompile } from '../../scenarios/compile.ts';
import { runSimulatedCase } from './simulated-case.ts';

const judge = async (text: string, defect?: string) => {
  const compiled = readAndCompile({ file: 'due/case.yaml', bytes: Buffer.from(text) });
  if (!compiled.ok) throw new Error(compiled.issues[0]?.message);
  return (await runSimulatedCase({ testCase: compiled.cases[0]!, seed: 3, pace: 'virtual', defect })).run.result;
};

describe('a case that ends before the unit had to show anything', () => {
  const ENDS_EARLY = [
    ['start-up', 'scenario: a\ncovers: [POWER-UP]\nuntil: 1 s\n', 'load-stuck-floating'],
    ['the default end', 'scenario: a\ncovers: [POWER-UP]\n', 'load-stuck-floating'],
    [
      'a reaction',
      'scenario: a\ncovers: [CHG-OV]\ngiven: { poles: closed }\nsteps: [{ at: 5 s, poles: { 3: open } }]\nuntil: 7 s\n',
      'charger-stuck-high',
    ],
  ] as const;

  for (const [what, text, defect] of ENDS_EARLY) {
    it(`does not pass a unit that owes it: ${what}`, async () => {
      const { verdict, blame, notMeasured } = await judge(text, defect);
      expect({ verdict, blame }).to.deep.equal({ verdict: 'inconclusive', blame: 'scenario' });
      expect(notMeasured.map((one) => one.text).join()).to.match(/but the case ended at/);
    });

    it(`finds nothing owed by a unit that showed it all the same: ${what}`, async () => {
      const { verdict, notMeasured } = await judge(text);
      expect(verdict).not.to.equal('fail');
      expect(notMeasured.filter((one) => /but the case ended at/.test(one.text))).to.deep.equal([]);
    });
  }
});
