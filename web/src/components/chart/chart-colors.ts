/** The page's colours as the chart library understands them. */
export interface ChartColors {
  readonly palette: readonly string[];
  readonly text: string;
  readonly mutedText: string;
  readonly line: string;
  readonly surface: string;
}

const known = new Map<boolean, ChartColors>();

/** The colours of the theme, which must be on when it is asked for first: the library knows no `oklch()` and no variables. */
export function chartColors(isDark: boolean): ChartColors {
  const colors = known.get(isDark) ?? readColors();
  known.set(isDark, colors);
  return colors;
}

function readColors(): ChartColors {
  const read = colorReader();
  return {
    palette: [1, 2, 3, 4, 5, 6].map((index) => read(`--chart-${index}`)),
    text: read('--foreground'),
    mutedText: read('--muted-foreground'),
    line: read('--border'),
    surface: read('--surface'),
  };
}

function colorReader(): (variable: string) => string {
  const styles = getComputedStyle(document.documentElement);
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  return (variable) => {
    if (!context) return '#888888';
    context.fillStyle = styles.getPropertyValue(variable).trim();
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
    return `rgb(${red}, ${green}, ${blue})`;
  };
}
