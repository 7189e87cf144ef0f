import { setImmediate as settled } from 'node:timers/promises';
import { expect } from 'chai';
import { type Clock, hostTime } from '../../../scenarios/contracts/clocks.ts';
import { VirtualTime } from '../../link/testing/virtual-time.ts';
import { type Advancing, Kernel } from './kernel.ts';

/** A world in which nothing happens. */
const QUIET: Advancing = { advance: (until) => until() };

const kernelOf = (world = QUIET, options: { hostOscillator_ppm?: number; wall?: Clock } = {}): Kernel =>
  new Kernel({ world, wall: options.wall ?? null, hostOscillator_ppm: options.hostOscillator_ppm ?? 0 });

const started = (world?: Advancing): { kernel: Kernel; clock: Clock; failures: unknown[] } => {
  const kernel = kernelOf(world);
  const failures: unknown[] = [];
  kernel.start((cause) => failures.push(cause));
  return { kernel, clock: kernel.clock, failures };
};

/** Lets everything that could happen happen. */
const turns = async (count = 20): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await settled();
};

describe('kernel', () => {
  it('ends sleeps by their instants, whatever the order they began in, and tells the time', async () => {
    const { kernel, clock } = started();
    const woken: string[] = [];
    const sleep = async (ms: number): Promise<void> => {
      await clock.sleep(ms);
      woken.push(`${ms} at ${clock.now()}`);
    };
    await Promise.all([sleep(30), sleep(10), sleep(20), sleep(10), sleep(0)]);
    expect(woken).to.deep.equal(['0 at 0', '10 at 10', '10 at 10', '20 at 20', '30 at 30']);
    kernel.close();
  });

  it('runs an hour of host time by its own oscillator', async () => {
    const kernel = kernelOf(QUIET, { hostOscillator_ppm: 40 });
    kernel.start(() => undefined);
    await kernel.clock.sleep(3_600_000);
    expect(kernel.clock.now()).to.be.closeTo(3_600_000, 1e-3);
    expect(kernel.now_ns).to.be.closeTo(3.6e12 / (1 + 40e-6), 1e3);
    kernel.close();
  });

  it('keeps from a stalled host what falls due meanwhile, in order, and its clock runs on', async () => {
    const { kernel, clock } = started();
    const told: string[] = [];
    kernel.at(10e6, () => kernel.stall(50e6));
    kernel.at(30e6, () => kernel.whenAwake(() => told.push(`data at ${clock.now()}`)));
    kernel.at(40e6, () => kernel.stall(5e6)); // shorter than what is left: changes nothing
    const sleep = async (ms: number): Promise<void> => {
      await clock.sleep(ms);
      told.push(`${ms} at ${clock.now()}`);
    };
    await Promise.all([sleep(5), sleep(20), sleep(70)]);
    expect(told.toSorted()).to.deep.equal(['20 at 60', '5 at 5', '70 at 70', 'data at 60']);
    kernel.close();
  });

  it('lets the clock of the host jump without a sleeper noticing', async () => {
    const { kernel, clock } = started();
    kernel.at(10e6, () => kernel.step(200));
    await clock.sleep(30);
    expect(clock.now()).to.equal(230);
    expect(kernel.now_ns).to.equal(30e6);
    kernel.close();
  });

  it('lets everything that the host does at an instant happen at that instant', async () => {
    const { kernel, clock } = started();
    const instants: number[] = [];
    kernel.at(5e6, () => {
      void (async () => {
        for (let step = 0; step < 10; step += 1) await Promise.resolve();
        instants.push(clock.now());
      })();
      process.nextTick(() => instants.push(clock.now()));
    });
    await clock.sleep(6);
    expect(instants).to.deep.equal([5, 5]);
    kernel.close();
  });

  it('ends an aborted sleep at once with the reason, and never wakes for it', async () => {
    const { kernel, clock } = started();
    const controller = new AbortController();
    const reason = new Error('enough');
    const sleeping = clock.sleep(1_000, controller.signal).catch((cause: unknown) => cause);
    kernel.at(3e6, () => controller.abort(reason));
    expect(await sleeping).to.equal(reason);
    expect(clock.now()).to.equal(3);
    expect(await clock.sleep(1, controller.signal).catch((cause: unknown) => cause)).to.equal(reason);
    await turns();
    expect(clock.now()).to.equal(3);
    kernel.close();
  });

  it('keeps virtual time standing while somebody waits for the outside', async () => {
    const { kernel, clock } = started();
    const outside = Promise.withResolvers<string>();
    const held = clock.external(outside.promise);
    const sleeping = clock.sleep(7);
    await turns();
    expect(clock.now()).to.equal(0);
    outside.resolve('done');
    expect(await held).to.equal('done');
    await sleeping;
    expect(clock.now()).to.equal(7);
    const failed = clock.external(Promise.reject(new Error('no disk'))).catch((cause: unknown) => String(cause));
    expect(await failed).to.equal('Error: no disk');
    await clock.sleep(1);
    expect(clock.now()).to.equal(8);
    kernel.close();
  });

  it('keeps an appointment that the world makes nearer while it runs', async () => {
    const kept: string[] = [];
    const world: Advancing = {
      advance: (until) => {
        if (kernel.now_ns === 0 && kept.length === 0) {
          kept.push('made');
          kernel.at(2e6, () => kept.push(`kept at ${kernel.now_ns}`));
        }
        return until();
      },
    };
    const { kernel, clock } = started(world);
    await clock.sleep(10);
    expect(kept).to.deep.equal(['made', 'kept at 2000000']);
    kernel.close();
  });

  it('tells a failure of the world once, to everyone asleep and to whoever sleeps later, and starves nobody', async () => {
    const fault = new Error('forbidden');
    const { clock, failures } = started({
      advance: () => {
        throw fault;
      },
    });
    const caught = await Promise.all([clock.sleep(1), clock.sleep(2)].map((sleep) => sleep.catch((cause: unknown) => cause)));
    expect(caught).to.deep.equal([fault, fault]);
    expect(failures).to.deep.equal([fault]);
    // What a host does that tries again until an instant comes.
    const others: string[] = [];
    setImmediate(() => others.push('had their turn'));
    for (let attempt = 0; attempt < 5; attempt += 1) expect(await clock.sleep(1).catch((cause: unknown) => cause)).to.equal(fault);
    expect(others).to.deep.equal(['had their turn']);
  });

  it('stops at close: nothing is kept any more', async () => {
    const { kernel } = started();
    let kept = false;
    kernel.at(1e6, () => (kept = true));
    kernel.close();
    await turns();
    expect(kept).to.equal(false);
    expect(kernel.now_ns).to.equal(0);
  });

  it('follows the wall clock at real pace, in slices of 2 ms at most, also where outside work is waited for', async () => {
    const time = new VirtualTime();
    const limits: number[] = [];
    const kernel = kernelOf({ advance: (until) => (limits.push(until()), until()) }, { wall: time.clock });
    kernel.start(() => undefined);
    void kernel.clock.external(new Promise(() => undefined));
    for (let passed_ms = 0; passed_ms < 10; passed_ms += 1) {
      await time.pass(1);
      await turns();
    }
    expect(kernel.now_ns).to.be.within(8e6, 10e6);
    expect(kernel.present_ns).to.be.closeTo(10e6, 1);
    const steps = limits.map((limit, index) => limit - (limits[index - 1] ?? 0));
    for (const step of steps) expect(step).to.be.within(0, 2e6);
    expect(steps.length).to.be.at.most(12);
    expect(kernel.clock.now()).to.equal(hostTime(kernel.now_ns / 1e6));
    kernel.close();
  });
});
