import { describe, expect, it } from '@jest/globals';
import { RateMeter } from './transfer-rate';

describe('RateMeter', () => {
  it('says nothing until it can compare', () => {
    const meter = new RateMeter();
    expect(meter.measure(0, 1000, 0)).toBeUndefined();
    expect(meter.measure(50, 1000, 100)).toBeUndefined();
  });

  it('measures the last seconds, so that it follows a change of speed', () => {
    const meter = new RateMeter();
    meter.measure(0, 10_000, 0);
    expect(meter.measure(1000, 10_000, 1000)).toEqual({ bytesPerSecond: 1000, secondsLeft: 9 });
    meter.measure(1100, 10_000, 20_000);
    expect(meter.measure(1300, 10_000, 22_000)).toEqual({ bytesPerSecond: 100, secondsLeft: 87 });
  });

  it('knows no end while nothing moves, and forgets what was before a pause', () => {
    const meter = new RateMeter();
    meter.measure(500, 1000, 0);
    expect(meter.measure(500, 1000, 2000)).toEqual({ bytesPerSecond: 0, secondsLeft: undefined });
    meter.restart();
    expect(meter.measure(500, 1000, 3000)).toBeUndefined();
  });
});
