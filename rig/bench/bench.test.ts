import { expect } from 'chai';
import type { Case } from '../../scenarios/contracts/case.ts';
import type { Trace } from '../../scenarios/contracts/trace.ts';
import { faultyCable, type Stand, standWith } from '../link/testing/bench-under-test.ts';
import { PERFECT_CABLE } from '../link/testing/memory-binding.ts';
import { seeded } from '../link/testing/random.ts';
import type { ScriptedFixture } from '../link/testing/scripted-fixture.ts';
import { type Bench, openFixtureBench } from './bench.ts';
import { after, afterEdge, at, caseOf, POWERED, set, timeline } from './testing/cases.ts';

const benchOn = ({ time, cable }: Stand): Promise<Bench> =>
  time.run(
    openFixtureBench({
      binding: cable.binding,
      path: 'mem:a',
      clock: time.clock,
      simulated: true,
      unitImage: null,
      seed: 7,
      hostOscillator_ppm: 0,
    }),
  );

/** Runs one case; `meanwhile` is called when it has begun. */
const runOn = async (
  stand: Stand,
  testCase: Case,
  meanwhile: (fixture: ScriptedFixture) => void = () => undefined,
  signal?: AbortSignal,
): Promise<Trace> => {
  const bench = await benchOn(stand);
  const running = bench.runCase(testCase, signal ? { signal } : {});
  stand.time.at(stand.time.now_ms + 2_000, () => meanwhile(stand.fixture));
  const trace = await stand.time.run(running);
  await stand.time.run(bench.close());
  return trace;
};

/** USB with frames of 1 ms and jitter. Where in a frame pings fall decides how well the rate is known: from 280 to 670 ppm in this case. */
const usb = (seed: number) => {
  const random = seeded(seed);
  let now = 0.65;
  return { ...PERFECT_CABLE, delay_ms: () => ((now += 0.37) % 1) + 0.3 + random() * 0.3 };
};

const plain = caseOf(
  timeline(6_000_000, [...POWERED, at('open', 4_000_000, set({ pole1: 'open' })), at('close', 4_000_050, set({ pole1: 'closed' }))]),
);

describe('bench', () => {
  for (const rate_ppm of [-5_000, 0, 5_000])
    it(`puts entries at their instants by the host's clock with a resonator ${rate_ppm / 1e4} % off, over a wrap of the ticks`, async () => {
      // The 32-bit counter wraps about two seconds into the case.
      const stand = standWith({ rate_ppm, firstTick: 2 ** 32 - 9_000_000 }, usb(1));
      const trace = await runOn(stand, plain);
      expect(trace.end, String(trace.reason)).to.equal('complete');
      expect(trace.clock.rate_ppm).to.be.closeTo(rate_ppm, trace.clock.bound_ppm);
      expect(trace.clock.bound_ppm).to.be.below(670);
      for (const { asked_us, done_us, outcome } of trace.stimuli) {
        expect(outcome).to.equal('done');
        expect(done_us).to.be.closeTo(asked_us!, 2 + Math.abs(asked_us!) * 400e-6);
      }
      // What lies close together stays as asked, to the tick, whatever the fit learns in between.
      const [open, close] = trace.stimuli.slice(-2);
      expect(close!.done_us! - open!.done_us!).to.be.closeTo(50, 1);
      expect(trace.ended_us).to.be.closeTo(6_000_000, 2_500);
      expect(trace.boots).to.deep.equal(['00001235']);
    });

  it('lets the fixture answer to edges by itself and tells when it did', async () => {
    const stand = standWith({ onDone: (id, fixture) => id === 3 && fixture.at(fixture.tick + 3_000_000, () => fixture.edge(0, 1)) });
    const arm = at('arm', 2_000_000, set({ pole1: 'open' }));
    const reply = afterEdge('reply', arm, ['load', 'high'], 250_000, 10_000_000, set({ pole1: 'closed' }));
    const trace = await runOn(
      stand,
      caseOf(timeline(9_000_000, [...POWERED, arm, reply, after('later', reply, 100_000, { kind: 'probe', output: 'load' })])),
    );
    expect(trace.end).to.equal('complete');
    const [edge] = trace.edges;
    expect(edge).to.include({ seq: 0, signal: 'load', level: 'high', via: 'capture', uncertainty_us: 3 });
    const done = (id: string): number => trace.stimuli.find(({ entry }) => entry === id)!.done_us!;
    expect(done('reply') - edge!.at_us).to.be.closeTo(250_000, 100);
    expect(done('later') - done('reply')).to.be.closeTo(100_000, 50);
    expect(trace.probes).to.have.length(1);
    expect(trace.probes[0]).to.include({ entry: 'later', output: 'load', result: 'floating' });
    expect(trace.blind).to.deep.equal([{ signal: 'load', from_us: trace.probes[0]!.from_us, to_us: trace.probes[0]!.to_us }]);
  });

  it('ends with a difference, not a fault, when an awaited edge does not come', async () => {
    const arm = at('arm', 1_000_000, set({ pole1: 'open' }));
    const trace = await runOn(
      standWith(),
      caseOf(timeline(9_000_000, [...POWERED, arm, afterEdge('never', arm, ['load', 'notHigh'], 0, 500_000, set({}))])),
    );
    expect(trace.end).to.equal('complete');
    expect(trace.stimuli.find(({ entry }) => entry === 'never')).to.include({ outcome: 'timedOut', done_us: null });
    expect(trace.ended_us).to.be.closeTo(1_500_000, 1_000);
  });

  it('streams a timeline of 400 entries through a queue of 20', async () => {
    const stand = standWith({ queue: 20 }, usb(2));
    const steps = Array.from({ length: 400 }, (_, index) =>
      at(`step-${index}`, 1_000_000 + index * 40_000, set({ pole1: index % 2 === 0 ? 'open' : 'closed' })),
    );
    const trace = await runOn(stand, caseOf(timeline(20_000_000, [...POWERED, ...steps])));
    expect(trace.reason).to.equal(null);
    expect(trace.stimuli.filter(({ outcome }) => outcome === 'done')).to.have.length(402);
  });

  for (const seed of [11, 12, 13])
    it(`loses nothing over a cable that loses, repeats and spoils lines (seed ${seed})`, async () => {
      const stand = standWith({ onDone: (_, fixture) => fixture.edge(1, 1) }, faultyCable(seed, 0.03));
      const steps = Array.from({ length: 60 }, (_, index) =>
        at(`step-${index}`, 1_000_000 + index * 70_000, set({ pole1: index % 2 === 0 ? 'open' : 'closed' })),
      );
      const trace = await runOn(stand, caseOf(timeline(6_000_000, [...POWERED, ...steps])));
      expect(trace.end, String(trace.reason)).to.equal('complete');
      expect(trace.stimuli.every(({ outcome }) => outcome === 'done')).to.equal(true);
      expect(trace.edges).to.have.length(62);
      expect(trace.link.lost).to.equal(0);
      expect(trace.link.resent + trace.link.crcErrors).to.be.greaterThan(0);
    });

  it('speaks every 100 ms at least while energy may flow, and less often otherwise', async () => {
    const stand = standWith();
    const pulse = at('pulse', 8_000_000, { kind: 'pulse', changes: [{ signal: 'loadSink', value: '1A' }], for_us: 20_000 });
    const bench = await benchOn(stand);
    await stand.time.run(bench.runCase(caseOf(timeline(12_000_000, [...POWERED, pulse]))));
    const sent = bench.transcript.filter(({ way }) => way === 'sent').map(({ at_ms }) => at_ms);
    // The last begin is that of a look at the contacts behind the case.
    const pulse_ms = bench.transcript.filter(({ line }) => line.startsWith('B')).at(-2)!.at_ms + 8_300;
    const longest = (from_ms: number, to_ms: number): number =>
      Math.max(...sent.slice(1).flatMap((at_ms, index) => (at_ms > from_ms && at_ms < to_ms ? [at_ms - sent[index]!] : [])));
    expect(longest(pulse_ms - 500, pulse_ms + 500)).to.be.at.most(100);
    expect(longest(pulse_ms - 5_000, pulse_ms - 3_500)).to.be.within(200, 300);
  });

  it('makes everything safe at once when aborted', async () => {
    const controller = new AbortController();
    const stand = standWith();
    let aborted_ms = 0;
    const trace = await runOn(
      stand,
      caseOf(timeline(60_000_000, POWERED)),
      () => {
        aborted_ms = stand.time.now_ms;
        stand.fixture.stops.length = 0;
        controller.abort(new Error('the operator pressed Ctrl-C'));
      },
      controller.signal,
    );
    expect(trace).to.include({ end: 'aborted', reason: 'the operator pressed Ctrl-C' });
    expect(stand.fixture.stops[0]! / 2_000 + 1_000 - aborted_ms).to.be.below(10);
    expect(trace.ended_us).to.be.below(3_000_000);
    expect(trace.stimuli.map(({ outcome }) => outcome)).to.deep.equal(['done', 'done']);
  });

  const mishaps: readonly [string, (fixture: ScriptedFixture, stand: Stand) => void, Partial<Trace>, RegExp][] = [
    ['the fixture falls silent', (fixture) => (fixture.silent = true), { end: 'lost' }, /^fixtureSilent: /],
    ['the cable is pulled', (_, stand) => stand.cable.unplug(), { end: 'lost' }, /^portClosed: /],
    ['the fixture resets', (fixture) => fixture.reset(), { end: 'lost', boots: ['00001235', '00001236'] }, /^fixtureReset: /],
    ['the fixture was without its host', (fixture) => fixture.event('S30000000A'), { end: 'lost' }, /^hostSilent: .* 1 s/],
    [
      'an entry was late',
      (fixture) => fixture.event('L00020000000A0014'),
      { end: 'aborted' },
      /^stimulusLate: The fixture executed entry power 10 us late/,
    ],
    [
      'an entry is refused when due',
      (fixture) => fixture.event('N600020000000A'),
      { end: 'aborted' },
      /^fixtureRefused: The fixture refused entry power: it asks for drives that may not be combined/,
    ],
    ['events did not fit', (fixture) => fixture.event('O00070000000A'), { end: 'aborted' }, /^eventsLost: .*7 events/],
    ['a drive was on too long', (fixture) => fixture.event('S50000000A'), { end: 'aborted' }, /^fixtureRefused: A drive was on for longer/],
  ];
  for (const [what, mishap, expected, reason] of mishaps)
    it(`says so in the trace when ${what}`, async () => {
      const stand = standWith();
      const trace = await runOn(stand, caseOf(timeline(30_000_000, POWERED)), (fixture) => mishap(fixture, stand));
      expect(trace.reason).to.match(reason);
      expect(trace).to.deep.include(expected);
      expect(trace.stimuli.map(({ outcome }) => outcome)).to.deep.equal(['done', 'done']);
    });

  it('takes a sink refused by the state of an output for what it is: the unit', async () => {
    const trace = await runOn(standWith(), caseOf(timeline(6_000_000, POWERED)), (fixture) => fixture.event('NA00020000000A'));
    expect(trace.end).to.equal('complete');
  });

  it('gives up on a case that does not end', async () => {
    const stand = standWith();
    const wait = after('late', POWERED[1]!, 100_000_000, set({}));
    const plan = timeline(5_000_000, [...POWERED, wait], { kind: 'afterEntry', entry: 'late', delay_us: 0 });
    const trace = await runOn(stand, caseOf(plan));
    expect(trace.end).to.equal('aborted');
    expect(trace.reason).to.match(/^caseOverrun: /);
    expect(stand.time.now_ms).to.be.below(15_000);
  });

  it('runs case after case, and after a mishap too', async () => {
    const stand = standWith({ rate_ppm: 3_000 });
    const bench = await benchOn(stand);
    const first = await stand.time.run(bench.runCase(plain));
    stand.time.at(stand.time.now_ms + 2_000, () => stand.fixture.reset());
    const second = await stand.time.run(bench.runCase(plain));
    const third = await stand.time.run(bench.runCase(plain));
    expect([first.end, second.end, third.end]).to.deep.equal(['complete', 'lost', 'complete']);
    expect(third.boots).to.deep.equal(['00001236']);
    expect(third.clock.rate_ppm).to.be.closeTo(3_000, third.clock.bound_ppm);
    expect(bench.identity).to.deep.equal({ simulated: true, board: '000000B1', firmware: '0000BEEF', unitImage: null });
  });

  it('tells the same story twice', async () => {
    const [once, again] = [1, 2].map(() => runOn(standWith({ rate_ppm: 1_234 }, faultyCable(4, 0.03)), plain));
    expect(await once).to.deep.equal(await again);
  });
});
