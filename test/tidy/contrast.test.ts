// The themes for sun and for high contrast: every text colour has at least 7:1 on every background it may have
// (WCAG 2.2, contrast ratio of relative luminance), read from the style sheets themselves.
import { describe, expect, it } from 'vitest'
import { readTree } from './tree.ts'

const tree = readTree()
const tokens = tree.get('renderer/styles/tokens.css') ?? ''
const sheets = [...tree]
  .filter(([path]) => /^renderer\/.*\.(css|vue)$/.test(path))
  .map(([, text]) => text)
  .join('\n')

/** Backgrounds with their own text colour; every other text colour may stand on every other background. */
const own: Readonly<Record<string, string>> = {
  accent: 'accent-text',
  demo: 'demo-text',
  'board-bg': 'board-text',
  live: 'surface',
  bad: 'surface',
}
/** Colours without text on them: bars and dots; the bands of maps have their own text colour. */
const textless = new Set(['off', 'warn'])
const isBand = (name: string): boolean => /^(heat|diff)-/.test(name)

function colours(theme: string): ReadonlyMap<string, string> {
  const block = new RegExp(`\\[data-theme='${theme}'\\] \\{([^}]*)\\}`).exec(tokens)?.[1] ?? ''
  const base = /^:root \{([^}]*)\}/m.exec(tokens)?.[1] ?? ''
  return new Map(
    [...`${base}\n${block}`.matchAll(/--([a-z0-9-]+): (#[0-9a-f]{3,6});/g)].map((found) => [
      found[1] ?? '',
      found[2] ?? '',
    ]),
  )
}

function luminance(hex: string): number {
  const digits = hex.length === 4 ? hex.slice(1).replace(/./g, '$&$&') : hex.slice(1)
  const [r = 0, g = 0, b = 0] = [0, 2, 4].map((at) => {
    const part = parseInt(digits.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function ratio(a: string, b: string): number {
  const [one, two] = [luminance(a), luminance(b)]
  return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05)
}

const used = (shape: RegExp): readonly string[] =>
  [...new Set([...sheets.matchAll(shape)].map((found) => found[1] ?? ''))].filter(
    (name) => !isBand(name),
  )
const grounds = used(/background(?:-color)?: var\(--([a-z0-9-]+)\)/g)
const inks = used(/[^-]color: var\(--([a-z0-9-]+)\)/g)
const ownInks = new Set(Object.values(own))

const pairs = [
  ...grounds
    .filter((ground) => own[ground] === undefined && !textless.has(ground))
    .flatMap((ground) =>
      inks.filter((ink) => !ownInks.has(ink)).map((ink) => [ink, ground] as const),
    ),
  ...Object.entries(own).map(([ground, ink]) => [ink, ground] as const),
  ['heat-bright-ink', 'heat-bright-halo'] as const,
  ['heat-dark-ink', 'heat-dark-halo'] as const,
]

describe.each(['sun', 'contrast'])('the theme %s', (theme) => {
  const of = colours(theme)
  it('is at least 7:1 for every text on every ground', () => {
    expect(grounds.length).toBeGreaterThan(8)
    expect(inks.length).toBeGreaterThan(8)
    const weak = pairs.flatMap(([ink, ground]) => {
      const [a, b] = [of.get(ink), of.get(ground)]
      if (a === undefined || b === undefined) return [`${ink} on ${ground}: no such colour`]
      return ratio(a, b) < 7 ? [`${ink} on ${ground}: ${ratio(a, b).toFixed(2)}`] : []
    })
    expect(weak).toEqual([])
  })
})

it('judges contrast as the published examples do', () => {
  expect(ratio('#000', '#fff')).toBeCloseTo(21, 5)
  expect(ratio('#777777', '#fff')).toBeCloseTo(4.48, 2)
})
