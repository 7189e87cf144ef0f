import { expect } from 'chai';
import { spawnSync } from 'node:child_process';

const NURSERY = new URL('./nursery.ts', import.meta.url).href;

/** What a process prints of its nursery that keeps a part of all it makes, and does `each` now and then. */
const nurseryAfter = (each: string, last = ''): readonly number[] => {
  const script = `
    import { Nursery, nursery_bytes } from ${JSON.stringify(NURSERY)};
    const nursery = new Nursery();
    const kept = [];
    const make = (each) => {
      for (let at = 0; at < 3_000_000; at++) {
        const one = { at, text: [at] };
        kept[at % 200_000] = one;
        if (at % 1_000 === 0) each();
      }
    };
    make(() => { ${each} });
    console.log(nursery_bytes());
    ${last}`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' });
  expect(stderr).to.equal('');
  return stdout.trim().split('\n').map(Number);
};

describe('the nursery', () => {
  it('grows far where nobody holds it', () => {
    expect(nurseryAfter('')[0]).to.be.above(30_000_000);
  });

  it('stays small where it is looked at, until it is left', () => {
    const [held, left] = nurseryAfter('nursery.look();', 'nursery.leave(); make(() => {}); console.log(nursery_bytes());');
    expect(held).to.be.within(15_000_000, 17_000_000);
    expect(left).to.be.above(30_000_000);
  });
});
