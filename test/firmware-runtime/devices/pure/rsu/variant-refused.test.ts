// A wrong override is refused with the place of the error; for any content of a file, checking it never throws.
// The rows are in override-rows.ts.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesOfHex, hexOf } from '#base/pure/data/bytes.ts'
import { present } from '#base/pure/values/must.ts'
import { overrideShapes } from '#devices/pure/rsu/override-schema.ts'
import type { VariantOverride } from '#devices/pure/rsu/variant-override.ts'
import { overrideProblems, variantWith } from '#devices/pure/rsu/variant-with.ts'
import { rsuVariantIds } from '#devices/pure/rsu/variants.ts'
import { Bench } from './driver-bench.ts'
import { device, frameOf, s3, tableOf } from './override-kit.ts'
import { wrongRows } from './override-rows.ts'

describe('a wrong override is refused, and the place is named', () => {
  it.each(wrongRows)('%s', (words, id, over) => {
    const override = device(id, over)
    const problemTexts = overrideProblems(tableOf(id), override).map(
      ({ at, why }) => `${at}: ${why.en}`,
    )
    expect(problemTexts.join('\n')).toContain(words)
    expect(() => variantWith(tableOf(id), override)).toThrow('is an override of')
    expect(() => new Bench(id, { override })).toThrow()
  })

  it('a count may be followed by more than 255 bytes, in a profile as in a driver', () => {
    const [form] = frameOf('generic-bcc', 'C1').forms
    const counted = (per: number, assume: number) => ({
      frames: [
        {
          ...frameOf('generic-bcc', 'C1'),
          forms: [
            {
              ...form,
              length: {
                base: 9,
                per: { many: per },
                derive: { assume: { many: assume }, solve: 'many' },
              },
            },
          ],
        },
      ],
    })
    expect(overrideShapes().frameDifferences.safeParse(counted(1024, 255)).success).toBe(true)
    for (const wrong of [counted(0, 255), counted(1025, 255), counted(1, 256)]) {
      expect(overrideShapes().frameDifferences.safeParse(wrong).success).toBe(false)
      const [first] = overrideProblems(
        tableOf('generic-bcc'),
        device('generic-bcc', wrong as object),
      )
      expect(first?.at).toMatch(/^\/frames\/0\/forms\/0\/length/)
    }
  })

  it.each(rsuVariantIds)('%s: nothing to override is nothing wrong', (id) => {
    expect(overrideProblems(tableOf(id), device(id, {}))).toEqual([])
    expect(variantWith(tableOf(id), device(id, {})).frames).toEqual(tableOf(id).frames)
  })

  it('one byte of any example changed is one problem, at that example', () => {
    const problemPaths: string[] = []
    for (const [i, frame] of (s3.frames ?? []).entries()) {
      const hex = hexOf(present(bytesOfHex(frame.forms[0]?.example.hex ?? ''), 'hex'))
      for (let at = 0; at < hex.length; at += 2) {
        const byte = (Number.parseInt(hex.slice(at, at + 2), 16) ^ 0x01).toString(16)
        const bad = hex.slice(0, at) + byte.padStart(2, '0').toUpperCase() + hex.slice(at + 2)
        const frames = (s3.frames ?? []).map((one, n) =>
          n === i
            ? {
                ...one,
                forms: one.forms.map((f) => ({ ...f, example: { ...f.example, hex: bad } })),
              }
            : one,
        )
        const problems = overrideProblems(tableOf('generic-bcc'), { ...s3, frames })
        problemPaths.push(...problems.map((p) => p.at))
        expect(problems, bad).toHaveLength(1)
      }
    }
    expect(problemPaths.every((at) => /^\/frames\/(C0|C1|C6)\/\w+\/example/.test(at))).toBe(true)
  })

  it('whatever a file holds: problems, or a table that works, and never a throw', () => {
    const junk = fc.constantFrom<unknown>(null, -1, 300, '', 'zz', [], {}, true, 'FF', [1], 0.5)
    const places = pointersOf(s3)
    let refused = 0
    fc.assert(
      fc.property(fc.constantFrom(...places), junk, (place, value) => {
        const damaged = replacedAt(s3, place, value) as VariantOverride
        const problems = overrideProblems(tableOf('generic-bcc'), damaged)
        if (problems.length > 0) refused++
        else expect(variantWith(tableOf('generic-bcc'), damaged).extends).toBe('generic-bcc')
      }),
      { numRuns: 2_000 },
    )
    expect(refused).toBeGreaterThan(1_000)
  })
})

type Place = readonly string[]

/** The path of every value in a JSON value, outermost first. */
function pointersOf(value: unknown, at: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [at]
  const inner = Object.entries(value).flatMap(([name, one]) => pointersOf(one, [...at, name]))
  return at.length === 0 ? inner : [at, ...inner]
}

function replacedAt(value: unknown, [name, ...rest]: Place, given: unknown): unknown {
  if (name === undefined) return given
  if (Array.isArray(value))
    return value.map((one: unknown, i) => (String(i) === name ? replacedAt(one, rest, given) : one))
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).map(([key, one]) => [
    key,
    key === name ? replacedAt(one, rest, given) : one,
  ])
  return Object.fromEntries(members) as unknown
}
