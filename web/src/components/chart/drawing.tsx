'use client';

import { BarChart, LineChart, PieChart, ScatterChart } from 'echarts/charts';
import { DataZoomInsideComponent, GridComponent, LegendScrollComponent, TooltipComponent } from 'echarts/components';
import { type EChartsType, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { type RefObject, useEffect, useImperativeHandle, useRef } from 'react';
import { useIsDark } from '@/lib/use-theme';
import type { ResultColumn, ResultRow } from '../result-grid/cells';
import type { ChartChoice } from './chart-choice';
import { chartColors } from './chart-colors';
import { chartOption } from './chart-option';

use([
  BarChart,
  LineChart,
  PieChart,
  ScatterChart,
  GridComponent,
  TooltipComponent,
  LegendScrollComponent,
  DataZoomInsideComponent,
  SVGRenderer,
]);

/** What can be had of a drawn chart. */
export interface DrawnChart {
  svg(): string;
  readonly width: number;
  readonly height: number;
}

interface DrawingProps {
  choice: ChartChoice;
  columns: readonly ResultColumn[];
  rows: readonly ResultRow[];
  summary: string;
  drawn: RefObject<DrawnChart | null>;
}

/** The chart itself. The library is large, so whoever shows charts loads this file on demand. */
export default function Drawing({ choice, columns, rows, summary, drawn }: DrawingProps) {
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(undefined);
  const isDark = useIsDark();

  useEffect(() => {
    const place = element.current!;
    const created = init(place, undefined, { renderer: 'svg' });
    chart.current = created;
    const observer = new ResizeObserver(() => created.resize());
    observer.observe(place);
    return () => {
      observer.disconnect();
      created.dispose();
    };
  }, []);
  useEffect(() => {
    chart.current?.setOption(chartOption(choice, columns, rows, chartColors(isDark)), { notMerge: true });
  }, [choice, columns, rows, isDark]);
  useImperativeHandle(drawn, () => ({
    svg: () => chart.current?.renderToSVGString() ?? '',
    get width() {
      return chart.current?.getWidth() ?? 0;
    },
    get height() {
      return chart.current?.getHeight() ?? 0;
    },
  }));

  return <div ref={element} role="img" aria-label={summary} className="h-full w-full" />;
}
