import type { NextConfig } from 'next';

/** Static files only: the service serves them beside its API, so no Node server of Next's own runs. */
const config: NextConfig = {
  output: 'export',
  trailingSlash: true,
  reactStrictMode: true,
  // Types are checked by `npm run check`, once, with the faster compiler.
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
};

export default config;
