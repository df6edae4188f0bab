// The cause of a refusal is given in both languages: an English-only note would appear in a Chinese sentence.
// Ids, formats and texts of other programs are not translated.
import { expect, it } from 'vitest'
import { LaneFault, noteBehind } from '#base/pure/faults/faults.ts'
import { apiErrorOf } from '#base/process/api-fault.ts'
import { readTree } from './tree.ts'

/** Rooms whose refusals a person reads, without drivers and simulators. */
const rooms = /^firmware-runtime\/(?!devices\/pure\/|harness\/|simulators\/)\w+\//
/** Exceptions: ciphers, the cache of the fold (a log word), and the results of a profile file's examples. */
const machines = /base\/crypto\/(?:sm|gm-crypto)|files\/fold-file|profiles\/example-/

/** A literal that begins a note, or ends the argument of a refusal helper; its Chinese text may stand before it. */
const text = String.raw`(['\x60])((?:(?!\1).)*)\1`
const given = [
  new RegExp(String.raw`\bnote(?:\??:| =) ${text}`, 'g'),
  new RegExp(
    String.raw`(?:[rR]efuse[ds]?|refusal|wrong|bad|held|foreign|certFault|NoTimeStamp)\((?:(?!\bt\()[^;\u4e00-\u9fff]){0,90}?${text}\s*(?:, \w+)?,?\s*\)`,
    'g',
  ),
]
const isEnglish = (note: string): boolean =>
  /[a-z]{2,} (?:an? )?[a-z]{2,}/.test(note.replaceAll(/\$\{[^}]*\}/g, ' '))

function englishNotes(path: string, source: string): string[] {
  return given
    .flatMap((one) => [...source.matchAll(one)])
    .flatMap(([, , note = '']) => (isEnglish(note) ? [`${path}: ${note}`] : []))
}

it('no fault that a person reads has a note of English words alone', () => {
  const found = [...readTree()].flatMap(([path, source]) =>
    rooms.test(path) && !machines.test(path) ? englishNotes(path, source) : [],
  )
  expect(found).toEqual([])
})

/** The arguments of each `.refine(`, up to its closing bracket. */
const rulesIn = (source: string): readonly string[] =>
  source
    .split('.refine(')
    .slice(1)
    .map((rest) => {
      let depth = 1
      const end = [...rest].findIndex((char) => {
        if (char === '(') depth++
        else if (char === ')') depth--
        return depth === 0
      })
      return rest.slice(0, end)
    })

const oneLanguage = (source: string): readonly string[] =>
  rulesIn(source).filter((rule) => isEnglish(rule) && !/\brule\(/.test(rule))

it('a rule of a schema has its words in both languages', () => {
  const found = [...readTree()].flatMap(([path, source]) =>
    /^firmware-runtime\/(?!simulators)/.test(path)
      ? oneLanguage(source).map((rule) => `${path}: ${rule}`)
      : [],
  )
  expect(found).toEqual([])
  expect(oneLanguage("x.refine((a) => f(a), 'not a date').min(1)")).toHaveLength(1)
  expect(oneLanguage("x.refine((a) => f(a), rule('不是日期', 'not a date'))")).toEqual([])
})

it('no sentence of a schema goes out as it is', () => {
  const found = [...readTree()].flatMap(([path, source]) =>
    rooms.test(path) && /\bnote: \S*issue\w*\??\.message/.test(source) ? [path] : [],
  )
  expect(found).toEqual([])
})

it.each([
  ["throw new LaneFault('DAY-01', { note: 'counted meanwhile' }) // note: `x ${a b}`"],
  ["if (isOver) refuse('counted meanwhile')"],
  ["throw refusal('/at', String(at), 'counted meanwhile')"],
  ['const note = `counted meanwhile`'],
])('one would be seen: %s', (source) => {
  expect(englishNotes('a.ts', source)).toEqual(['a.ts: counted meanwhile'])
})

const why = { zh: '期间已有人清点过', en: 'counted meanwhile' }
const fault = new LaneFault('DAY-01', { field: '/countedFen', note: why })

it('a refusal says why in the language of its sentence', () => {
  expect(noteBehind(fault.detail.note, 'zh')).toBe(': 期间已有人清点过')
  expect(apiErrorOf(fault).message).not.toMatch(/[a-z]{2,} [a-z]{2,}/)
  expect(apiErrorOf(fault, 'en').message).toContain(': counted meanwhile')
  expect(apiErrorOf(fault).why).toEqual(why)
  expect(apiErrorOf(new LaneFault('DAY-01', { note: 'P-1' }))).not.toHaveProperty('why')
})
