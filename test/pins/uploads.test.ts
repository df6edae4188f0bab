// What a lane uploads, byte for byte, for every answer of the platform: R01 to R17 of reliability-security.md section
// 7, in both charge modes. Bodies of single charges: ledger/pure/platforms/guangxi/frozen-bodies.test.ts.
import { expect, it } from 'vitest'
import { Bodies, carAgainst, rowNames } from './platform-rows.ts'
import { pin } from './pin.ts'

/** Repeats of a request become one line with its first and last ms. */
function runsOf(asked: readonly { readonly at: number; readonly what: string }[]): string[] {
  const runs: { from: number; to: number; times: number; what: string }[] = []
  for (const { at, what } of asked) {
    const last = runs.at(-1)
    if (last?.what === what) Object.assign(last, { to: at, times: last.times + 1 })
    else runs.push({ from: at, to: at, times: 1, what })
  }
  return runs.map(({ from, to, times, what }) =>
    times === 1 ? `${from} ${what}` : `${from} to ${to}, ${times} times, ${what}`,
  )
}

it('the uploads of a car, by the answers of its platform', () => {
  expect(rowNames).toHaveLength(17)
  const bodies = new Bodies()
  const rows = (['online', 'card'] as const).flatMap((mode) =>
    rowNames.map((name) => {
      const { asked, ends } = carAgainst(name, mode)
      const requests = runsOf(
        asked.map(({ at, method, path, key, body }) => {
          const of = `${mode}.${path.split('/').at(-1)}`
          const what = `${method} ${path} ${key ?? '-'} ${body === '' ? '-' : bodies.nameOf(of, body)}`
          return { at, what }
        }),
      )
      return [`${name}.${mode}`, { requests, ...ends }] as const
    }),
  )
  pin(new URL('./kept/uploads.txt', import.meta.url), {
    rows: Object.fromEntries(rows),
    bodies: bodies.all,
  })
})
