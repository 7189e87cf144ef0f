/** What names no fragment, or none that is there, is refused at the name. */

import { expect } from 'chai';
import { HEAD, beside, issuesOf } from '../testing/scenarios.ts';

const DROPS = 'fragments:\n  trip:\n    parameters: { cell: 2.7 V }\n    steps: [{ wait: 5 s, cells: $cell }]\n';
const load = beside({
  'drops.yaml': DROPS,
  'circle.yaml': 'fragments:\n  a:\n    steps:\n      - include: "#a"\n',
  'broken.yaml': 'fragments: [\n',
});
const include = (ref: string, rest = ''): readonly string[] => issuesOf(`${HEAD}steps:\n  - include: ${ref}\n${rest}`, { load });

describe('an include', () => {
  it('refuses what cannot be included, at the include', () => {
    expect(include('drops.yaml#tirp')).to.deep.equal(['4:14 unknown-fragment']);
    expect(include('trip')).to.deep.equal(['4:14 unknown-fragment']);
    expect(include('nothing.yaml#trip')).to.deep.equal(['4:14 include-missing']);
    expect(include('drops.yaml')).to.deep.equal(['4:14 not-a-fragment']);
    expect(include('a#b#c')).to.deep.equal(['4:14 not-a-fragment']);
    expect(include('[trip]')).to.deep.equal(['4:14 not-a-fragment']);
    expect(include('drops.yaml#trip', '    with: { cel: 2.6 V }\n')).to.deep.equal(['5:13 unknown-parameter']);
    expect(include('drops.yaml#trip', '    at: 5 s\n')).to.deep.equal(['5:5 unknown-key']);
    expect(include('circle.yaml#a')).to.deep.equal(['circle.yaml 4:18 include-circle']);
    expect(include('broken.yaml#a')).to.deep.equal(['broken.yaml 2:1 yaml-syntax']);
  });
});
