import type { EChartsCoreOption } from 'echarts/core';
import type { ResultColumn, ResultRow } from '../result-grid/cells';
import type { ChartChoice } from './chart-choice';
import type { ChartColors } from './chart-colors';
import { type ChartData, chartData, scatterData } from './chart-data';

const numbers = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 4 });
const axisNumbers = new Intl.NumberFormat('en-GB', { notation: 'compact', maximumFractionDigits: 2 });
const fontFamily = 'Geist Variable, ui-sans-serif, system-ui, sans-serif';

/** What the chart library is told. Tooltips are drawn, not HTML, so that no value can become part of the page. */
export function chartOption(
  choice: ChartChoice,
  columns: readonly ResultColumn[],
  rows: readonly ResultRow[],
  colors: ChartColors,
): EChartsCoreOption {
  const common = {
    color: [...colors.palette],
    textStyle: { fontFamily, color: colors.text },
    animationDuration: 250,
    backgroundColor: 'transparent',
    tooltip: {
      renderMode: 'richText',
      confine: true,
      backgroundColor: colors.surface,
      borderColor: colors.line,
      textStyle: { color: colors.text, fontSize: 12, fontFamily },
      valueFormatter: (value: unknown) => (typeof value === 'number' ? numbers.format(value) : '–'),
    },
  };
  if (choice.type === 'pie') return { ...common, ...pie(chartData(choice, columns, rows), colors) };
  if (choice.type === 'scatter') return { ...common, ...scatter(choice, columns, rows, colors, common.tooltip) };
  return { ...common, ...cartesian(choice, chartData(choice, columns, rows), colors, common.tooltip) };
}

function cartesian(choice: ChartChoice, data: ChartData, colors: ChartColors, tooltip: object): EChartsCoreOption {
  const isBar = choice.type === 'bar';
  const named = data.series.length > 1;
  const isDense = data.categories.length > 80;
  return {
    tooltip: { ...tooltip, trigger: 'axis', axisPointer: { type: isBar ? 'shadow' : 'line' } },
    legend: named ? legend(colors) : undefined,
    grid: { left: 12, right: 20, top: named ? 44 : 28, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'all' },
    xAxis: {
      type: 'category',
      data: [...data.categories],
      boundaryGap: isBar,
      ...axisLooks(colors, data.xName),
      nameLocation: 'middle',
      nameGap: 26,
      axisLabel: { color: colors.mutedText, fontSize: 11, hideOverlap: true, overflow: 'truncate', width: 90 },
    },
    yAxis: valueAxis(colors, data.yName),
    dataZoom: isDense ? [{ type: 'inside' }] : undefined,
    series: data.series.map(({ name, values }) => ({
      name,
      type: isBar ? 'bar' : 'line',
      data: [...values],
      barMaxWidth: 48,
      itemStyle: isBar ? { borderRadius: [3, 3, 0, 0] } : undefined,
      lineStyle: { width: 2 },
      showSymbol: data.categories.length <= 40,
      symbolSize: 6,
      connectNulls: false,
      areaStyle: choice.type === 'area' ? { opacity: 0.18 } : undefined,
      stack: choice.type === 'area' && choice.series !== undefined ? 'all' : undefined,
    })),
  };
}

function scatter(
  choice: ChartChoice,
  columns: readonly ResultColumn[],
  rows: readonly ResultRow[],
  colors: ChartColors,
  tooltip: object,
): EChartsCoreOption {
  const { xName, yName, series } = scatterData(choice, columns, rows);
  const named = series.length > 1;
  return {
    tooltip: {
      ...tooltip,
      trigger: 'item',
      formatter: ({ value }: { value: readonly [number, number] }) =>
        `${xName}: ${numbers.format(value[0])}\n${yName}: ${numbers.format(value[1])}`,
    },
    legend: named ? legend(colors) : undefined,
    grid: { left: 12, right: 24, top: named ? 44 : 28, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'all' },
    xAxis: { ...valueAxis(colors, xName), nameLocation: 'middle', nameGap: 26, scale: true },
    yAxis: { ...valueAxis(colors, yName), scale: true },
    series: series.map(({ name, points }) => ({
      name,
      type: 'scatter',
      data: points.map((point) => [...point]),
      symbolSize: points.length > 500 ? 4 : 7,
      itemStyle: { opacity: 0.7 },
    })),
  };
}

function pie({ categories, series }: ChartData, colors: ChartColors): EChartsCoreOption {
  const values = series[0]?.values ?? [];
  return {
    legend: legend(colors),
    series: [
      {
        type: 'pie',
        radius: ['42%', '70%'],
        center: ['50%', '56%'],
        data: categories.map((name, index) => ({ name, value: values[index] ?? 0 })),
        itemStyle: { borderColor: colors.surface, borderWidth: 2 },
        label: { color: colors.text, formatter: '{b} {d}%', overflow: 'truncate', width: 140 },
      },
    ],
  };
}

function legend(colors: ChartColors) {
  return {
    type: 'scroll',
    top: 4,
    icon: 'circle',
    itemWidth: 9,
    itemHeight: 9,
    textStyle: { color: colors.text, fontSize: 12 },
    pageTextStyle: { color: colors.mutedText },
    pageIconColor: colors.text,
  };
}

function valueAxis(colors: ChartColors, name: string) {
  return {
    type: 'value',
    ...axisLooks(colors, name),
    nameTextStyle: { color: colors.mutedText, align: 'left', fontSize: 11 },
    axisLabel: { color: colors.mutedText, fontSize: 11, formatter: (value: number) => axisNumbers.format(value) },
    splitLine: { lineStyle: { color: colors.line } },
  };
}

function axisLooks(colors: ChartColors, name: string) {
  return {
    name: name.length > 60 ? `${name.slice(0, 60)}…` : name,
    nameLocation: 'end',
    nameTextStyle: { color: colors.mutedText, fontSize: 11 },
    axisLine: { lineStyle: { color: colors.line } },
    axisTick: { show: false },
  };
}
