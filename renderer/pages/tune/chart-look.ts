// The look of charts, from the tokens of the page, so that it follows the theme.
// A chart reads the tokens when it draws; no colour is named here.

export interface ChartLook {
  readonly text: string
  readonly quiet: string
  readonly line: string
  readonly surface: string
  readonly accent: string
  readonly ok: string
  readonly warn: string
  readonly bad: string
  readonly off: string
}

export function chartLook(at: Element): ChartLook {
  const style = getComputedStyle(at)
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim()
  return {
    text: token('text'),
    quiet: token('text-2'),
    line: token('line'),
    surface: token('surface'),
    accent: token('accent'),
    ok: token('ok'),
    warn: token('warn'),
    bad: token('bad'),
    off: token('off'),
  }
}

/** Axes, legend and tooltip, the same in every chart; `name` states the unit. */
export const axisOf = (look: ChartLook, name: string) => ({
  name,
  nameTextStyle: { color: look.quiet },
  axisLabel: { color: look.quiet },
  axisLine: { onZero: false, lineStyle: { color: look.line } },
  // Themes with black or white lines would let the grid cover the measured points.
  splitLine: { lineStyle: { color: look.line, opacity: 0.4 } },
})

export const tipOf = (look: ChartLook) => ({
  renderMode: 'richText' as const,
  backgroundColor: look.surface,
  borderColor: look.line,
  textStyle: { color: look.text, fontSize: 12 },
})
