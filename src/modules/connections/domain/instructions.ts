import type { EngineAddress } from '../../../providers/query-engine/query-engine.js';
import type { Connections, FeedUrlTemplates, ToolInstructions } from '../connection.dto.js';
import { directAccess, driversFor } from './direct-access.js';

const authentication = [
  'Create an API token with POST /api/v1/api-tokens whose only scope is feeds:read.',
  'Send it in the header "Authorization: Bearer <token>" wherever the program can.',
  'Where it cannot, put ?token=<token> at the end of the address. Only tokens whose single scope is feeds:read are accepted there.',
  'Parameters of the saved query are added to the address: ?region=north&top=10.',
];

/** How programs read feeds under the service's address, which has no slash at its end, and tables in the engine, where it lets them. */
export function connectionsUnder(address: string, engine?: EngineAddress): Connections {
  const template = (format: string) => `${address}/api/v1/feeds/{feed_id}.${format}`;
  const urls = { csv: template('csv'), json: template('json'), parquet: template('parquet') };
  const feeds = { feed_urls: urls, authentication, tools: tools(urls) };
  if (engine === undefined) return { ...feeds, drivers: [] };
  return { ...feeds, drivers: driversFor(engine), direct_access: directAccess(engine) };
}

function tools({ csv, json, parquet }: FeedUrlTemplates): ToolInstructions[] {
  return [
    {
      tool: 'Excel',
      steps: [
        'Data › Get Data › From Other Sources › From Web › Advanced.',
        `Address: ${csv}`,
        'HTTP request header parameters: Authorization, Bearer <token>. Connect anonymously when asked.',
        'File origin 65001 (UTF-8), delimiter comma, then Load. Refresh All reads the feed anew.',
      ],
    },
    {
      tool: 'Power BI',
      steps: [
        'Home › Get data › Web › Advanced.',
        `Address: ${csv} with the header Authorization: Bearer <token>, or ${parquet} for exact types.`,
        'For scheduled refreshes choose anonymous access and put ?token=<token> into the address.',
      ],
    },
    {
      tool: 'Tableau',
      steps: [
        `Download with a script before each refresh: curl -fsS -H "Authorization: Bearer <token>" -o feed.csv "${csv}"`,
        'Connect › To a File › Text file, and choose the file.',
      ],
    },
    {
      tool: 'Grafana',
      steps: [
        'Add the data source Infinity: authentication Bearer token, and this service under allowed hosts.',
        `In a panel: type JSON (or CSV), source URL, address ${json}`,
      ],
    },
    {
      tool: 'curl',
      steps: [
        `curl -fsS -H "Authorization: Bearer <token>" -o feed.csv "${csv}"`,
        'Send the ETag of the last answer in If-None-Match: 304 says that nothing has changed.',
      ],
    },
  ];
}
