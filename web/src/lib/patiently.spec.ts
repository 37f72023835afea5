import { describe, expect, it, jest } from '@jest/globals';
import { patiently } from './patiently';

describe('patiently', () => {
  it('tries again until the part comes', async () => {
    const load = jest.fn<() => Promise<string>>().mockRejectedValueOnce(new Error('gone')).mockResolvedValue('part');
    await expect(patiently(load, [1, 1])()).resolves.toBe('part');
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('gives up in the end with the reason', async () => {
    const load = jest.fn<() => Promise<string>>().mockRejectedValue(new Error('gone'));
    await expect(patiently(load, [1, 1])()).rejects.toThrow('gone');
    expect(load).toHaveBeenCalledTimes(3);
  });
});
