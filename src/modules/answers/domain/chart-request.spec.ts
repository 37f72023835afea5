import { describe, expect, it } from '@jest/globals';
import { readChartRequest, redrawsOnly } from './chart-request.js';

const names = ['orders', 'region', 'amount'];

describe('readChartRequest', () => {
  it.each([
    ['total amount by region as a chart', 'total amount by region', undefined],
    ['Total amount by region, shown as a pie chart?', 'Total amount by region?', 'arc'],
    ['total amount by region as bars', 'total amount by region', 'bar'],
    ['total amount by month in a line graph', 'total amount by month', 'line'],
    ['Draw a scatter plot of amount and discount', 'amount and discount', 'point'],
    ['Show me a chart of the amount by region', 'the amount by region', undefined],
    ['bar chart of orders per region', 'orders per region', 'bar'],
    ['Plot the average amount per day', 'the average amount per day', undefined],
    ['Can you chart orders by day', 'orders by day', undefined],
  ])('reads %s', (text, question, mark) => {
    expect(readChartRequest(text, names)).toEqual({ question, asked: true, mark });
  });

  it.each(['How many orders are there?', 'Which region has the highest bar?', 'orders in the bar region'])(
    'leaves %s alone',
    (question) => expect(readChartRequest(question, names)).toEqual({ question, asked: false }),
  );

  it('takes "as a table" off, and draws nothing more for it', () => {
    expect(readChartRequest('orders by region as a table', names)).toEqual({
      question: 'orders by region',
      asked: false,
    });
  });

  it('leaves the words to data that are about charts', () => {
    const question = 'How many songs are in a chart?';
    expect(readChartRequest(question, ['songs', 'chart_position'])).toEqual({ question, asked: false });
  });
});

describe('redrawsOnly', () => {
  it.each([
    'as a pie chart',
    'Show it as bars.',
    'show me that in a chart',
    'Now draw this as a line chart',
    'make it a bar chart',
  ])('knows %s', (text) => expect(redrawsOnly(readChartRequest(text, names))).toBe(true));

  it.each(['plot orders by region', 'How many orders?'])('knows that %s asks something', (text) =>
    expect(redrawsOnly(readChartRequest(text, names))).toBe(false),
  );
});
