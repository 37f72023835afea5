import { describe, expect, it } from '@jest/globals';
import { deviceOf } from './device-of';

describe('deviceOf', () => {
  it.each([
    ['Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0', 'computer', 'Firefox on Linux'],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0',
      'computer',
      'Edge on Windows',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
      'phone',
      'Safari on iPhone',
    ],
    [
      'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/142.0.0.0 Mobile Safari/537.36',
      'phone',
      'Chrome on Android',
    ],
    ['curl/8.11.0', 'program', 'curl/8.11.0'],
    ['', 'program', 'Unknown device'],
    [null, 'program', 'Unknown device'],
  ])('%s', (userAgent, kind, name) => {
    expect(deviceOf(userAgent)).toEqual({ kind, name });
  });
});
