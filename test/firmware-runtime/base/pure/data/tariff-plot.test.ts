// The plot of a tariff as files: every point of the curve in table and picture, steps instead of slopes, bars as high as
// their counts, and nothing else in the picture.
import { expect, test } from 'vitest'
import { curveCsv, curveSvg, whoPaysCsv, whoPaysSvg } from '#base/pure/data/tariff-plot.ts'

const now = { stepMin: 30, fen: [0, 500, 500, 1250] }
const before = { stepMin: 30, fen: [0, 400, 400, 900] }
const groups = [
  { toMin: 60, stays: 9, up: 4, down: 1, before: 900, after: 1300 },
  { toMin: null, stays: 3, up: 0, down: 2, before: 2000, after: 1500 },
]

test('the curve as a table has each point in yuan, old beside new', () => {
  expect(curveCsv(now, before).split('\r\n')).toEqual([
    '\uFEFF停车分钟,应收（元）,原应收（元）',
    '0,0.00,0.00',
    '30,5.00,4.00',
    '60,5.00,4.00',
    '90,12.50,9.00',
    '',
  ])
  expect(curveCsv(now, null).split('\r\n')[4]).toBe('90,12.50')
})

const attributes = (svg: string, name: string): number[] =>
  [...svg.matchAll(new RegExp(`<rect[^>]* ${name}="([\\d.]+)"`, 'g'))].map(([, value]) =>
    Number(value),
  )

test('the curve as a picture is stairs from nothing to the last price, one path for each tariff', () => {
  const both = curveSvg(now, before)
  const [old = '', fresh = ''] = [...both.matchAll(/<path d="([^"]+)"/g)].map(([, d]) => d ?? '')
  const heights = (d: string): number[] =>
    [...d.matchAll(/[V ]([\d.]+)/g)].map(([, y]) => Number(y))
  expect(fresh).toMatch(/^M[\d.]+ [\d.]+(H[\d.]+V[\d.]+)+$/)
  const [first = 0, ...rest] = heights(fresh)
  // One scale: half the price is half the height.
  expect(rest.map((y) => Math.round(((first - y) / (first - (rest[2] ?? 0))) * 1250))).toEqual([
    500, 500, 1250,
  ])
  expect(Math.round(((first - (heights(old)[3] ?? 0)) / (first - (rest[2] ?? 0))) * 1250)).toBe(900)
  expect(curveSvg(now, null).match(/<path/g)).toHaveLength(1)
  const flat = curveSvg({ stepMin: 1, fen: [0] }, null)
  expect(flat).not.toMatch(/NaN|Infinity/)
})

test('who pays more as a table and as bars of the same counts', () => {
  expect(whoPaysCsv(groups).split('\r\n').slice(1, 3)).toEqual([
    '60,9,4,1,9.00,13.00',
    '更长,3,0,2,20.00,15.00',
  ])
  const [, ...heights] = attributes(whoPaysSvg(groups), 'height')
  const unit = (heights[0] ?? 0) / 4
  expect(heights.map((one) => Math.round(one / unit))).toEqual([4, 1, 0, 2])
  expect(whoPaysSvg([])).not.toMatch(/NaN|Infinity/)
})
