// Each kind of matter against answers of its call: what waits, what is urgent, and nothing where nothing waits.
import { describe, expect, it } from 'vitest'
import type { Matter } from '#runtime/inbox/matter.ts'
import { matters } from '#runtime/inbox/table.ts'
import { here, lane, waiting } from './matter-examples.ts'

type Kind = keyof typeof matters
const table = matters as unknown as Readonly<Record<Kind, Matter>>

describe('each kind', () => {
  it.each(waiting)('%s of %j', (kind, answer, rows) => {
    const found = table[kind].rowsOf(answer as never, here(60_000))
    expect(found).toHaveLength(rows.length)
    for (const [n, [key, words, isUrgent]] of rows.entries()) {
      expect(found[n]).toMatchObject({
        key,
        what: { zh: expect.stringContaining(words) as string },
      })
      expect(found[n]?.isUrgent ?? false).toBe(isUrgent)
      expect(found[n]?.what.en).not.toBe(undefined)
    }
  })
  it('a device that was never heard is no matter in the first seconds after a start', () => {
    const answer = lane('down', { heardMsAgo: null }) as never
    const rows = [39_999, 40_000].map((upMs) => matters.device.rowsOf(answer, here(upMs)).length)
    expect(rows).toEqual([0, 1])
  })
  it('has an example that waits, and one that does not', () => {
    const of = (some: boolean) => [
      ...new Set(waiting.flatMap(([kind, , rows]) => (rows.length > 0 === some ? [kind] : []))),
    ]
    expect(of(true).toSorted()).toEqual(Object.keys(table).toSorted())
    expect(of(false).toSorted()).toEqual(Object.keys(table).toSorted())
  })
})
