import { expect } from 'chai';
import { DAY_ms, wallTimeOf } from '../calendar.ts';
import { type Calibration, calibrationFault, calibrationId, calibrationShape, DERIVED, inForce } from './calibration.ts';
import { qualityFaults } from './quality.ts';
import { factoryCalibration } from '../sim/factory-calibration.ts';

const NOW = wallTimeOf('2026-11-28T10:00:00Z');

describe('a calibration', () => {
  let good: Calibration;
  before(async () => {
    good = { ...(await factoryCalibration(1)), method: 'meter', made: '2026-11-01T08:00:00Z', expires: '2027-11-01T08:00:00Z' };
  });

  it('is what its schema says, and keeps its id through a file', () => {
    const read = calibrationShape.parse(JSON.parse(JSON.stringify(good)));
    expect(calibrationId(read)).to.equal(calibrationId(good));
    expect(calibrationId({ ...good, made: '2026-11-02T08:00:00Z' })).not.to.equal(calibrationId(good));
  });

  it('counts for its own board, from its date up to its expiry and not at it', () => {
    const fault = (board: string, at: string) => calibrationFault(good, board, wallTimeOf(at));
    expect(fault(good.board, '2026-11-28T10:00:00Z')).to.equal(null);
    expect(fault('51000001', '2026-11-28T10:00:00Z')).to.equal('otherBoard');
    expect(fault(good.board, '2027-11-01T07:59:59Z')).to.equal(null);
    expect(fault(good.board, '2027-11-01T08:00:00Z')).to.equal('expired');
    expect(fault(good.board, '2026-10-31T08:00:00Z')).to.equal('notYet');
  });

  it('does not count where its dates or the clock are nonsense', () => {
    expect(calibrationFault({ ...good, expires: 'soon' }, good.board, NOW)).to.equal('expired');
    expect(calibrationFault({ ...good, made: 'once' }, good.board, NOW)).to.equal('notYet');
    expect(calibrationFault(good, good.board, wallTimeOf('no date'))).to.equal('notYet');
  });

  it('does not count for longer after it was made than its bench file says, or a year, whatever it says itself', () => {
    const long = { ...good, expires: '2099-01-01T00:00:00Z' };
    const fault = (at: string, counts_ms?: number) => calibrationFault(long, good.board, wallTimeOf(at), undefined, counts_ms);
    expect(fault('2027-11-01T07:59:59Z')).to.equal(null);
    expect(fault('2027-11-01T08:00:00Z')).to.equal('expired');
    expect(fault('2026-11-11T07:59:59Z', 10 * DAY_ms)).to.equal(null);
    expect(fault('2026-11-11T08:00:00Z', 10 * DAY_ms)).to.equal('expired');
    expect(inForce({ data: long, now: () => NOW }, good.board, undefined, DAY_ms).fault).to.equal('expired');
  });

  it('is none without its dates, and none of a factory for a real board', () => {
    expect(calibrationFault({ ...good, expires: null }, good.board, NOW)).to.equal('missing');
    expect(calibrationFault({ ...good, made: null }, good.board, NOW)).to.equal('missing');
    const factory = { ...good, method: 'factory', made: null, expires: null } as const;
    expect(calibrationFault(factory, good.board, NOW)).to.equal(null);
    expect(calibrationFault({ ...factory, board: '0A1B2C3D' }, '0A1B2C3D', NOW)).to.equal('missing');
  });

  it('does not count where one of its drops or currents is missing, as in one made before sinks were calibrated', () => {
    const but = (...left: readonly (typeof DERIVED)[number][]) =>
      calibrationFault(
        { ...good, derived: Object.fromEntries(left.map((channel) => [channel, good.derived![channel]!])) },
        good.board,
        NOW,
      );
    expect(but(...DERIVED)).to.equal(null);
    for (const missing of DERIVED) expect(but(...DERIVED.filter((channel) => channel !== missing)), missing).to.equal('incomplete');
    const { derived: _, ...before } = good;
    expect(calibrationFault(before, good.board, NOW)).to.equal('incomplete');
    expect(calibrationShape.parse({ ...good, derived: { loadDrop: good.derived!.loadDrop } })).to.have.nested.property('derived.loadDrop');
  });

  it('is told by id and fault; none at all is missing', () => {
    expect(inForce(undefined, good.board)).to.deep.equal({ id: null, fault: 'missing' });
    expect(inForce({ data: good, now: () => NOW }, good.board)).to.deep.equal({ id: calibrationId(good), fault: null });
  });

  it('is refused where a range is worse than 0.2 %, off by more than its parts, or left out', () => {
    expect(qualityFaults(good)).to.deep.equal([]);
    const but = (change: Partial<Calibration['channels'][keyof Calibration['channels']]>) =>
      qualityFaults({ ...good, channels: { ...good.channels, loadVoltageFine: { ...good.channels.loadVoltageFine, ...change } } });
    expect(but({ residual_mV: 14 })[0]).to.contain('loadVoltageFine is good to 0.2');
    expect(but({ gain: 1.03 })[0]).to.contain('more than its parts allow');
    expect(qualityFaults({ ...good, meter: { ...good.meter, gain: 0.0005 } })).to.have.length(8);
    const { supplyVoltage: _, ...rest } = good.channels;
    expect(qualityFaults({ ...good, channels: rest as Calibration['channels'] })).to.deep.equal(['supplyVoltage was not calibrated']);
  });
});
