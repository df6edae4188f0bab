// Why just this was refused is said in both languages: a note of English words alone would stand in a Chinese sentence.
// Ids, shapes and what a machine said have no words; they stay as they are.
import { expect, it } from 'vitest'
import { LaneFault, noteBehind, noted } from '../../firmware-runtime/core/values/faults.ts'
import { apiErrorOf } from '../../firmware-runtime/app/api-fault.ts'
import { readTree } from './tree.ts'

/** What people at the desk are refused by. */
const rooms = /^firmware-runtime\/(?:app\/(?:control|money|report)|core\/member)\//

const given = /\bnote(?::| =) (['`])((?:(?!\1).)*)\1/g
const isEnglish = (text: string): boolean =>
  /[a-z]{2,} [a-z]{2,}/.test(text.replaceAll(/\$\{[^}]*\}/g, ' '))

function englishNotes(path: string, text: string): string[] {
  return [...text.matchAll(given)].flatMap(([, , note = '']) =>
    isEnglish(note) ? [`${path}: ${note}`] : [],
  )
}

it('no fault of the desk has a note of English words alone', () => {
  const found = [...readTree()].flatMap(([path, text]) =>
    rooms.test(path) ? englishNotes(path, text) : [],
  )
  expect(found).toEqual([])
})

it('one would be seen', () => {
  const text = "throw new LaneFault('DAY-01', { note: 'counted meanwhile' }) // note: `x ${a b}`"
  expect(englishNotes('a.ts', text)).toEqual(['a.ts: counted meanwhile'])
})

it('a refusal says why in the language of its sentence', () => {
  const why = { zh: '期间已有人清点过', en: 'counted meanwhile' }
  const fault = new LaneFault('DAY-01', { field: '/countedFen', ...noted(why) })
  expect(noteBehind(fault, 'zh')).toBe(': 期间已有人清点过')
  expect(apiErrorOf(fault).message).not.toMatch(/[a-z]{2,} [a-z]{2,}/)
  expect(apiErrorOf(fault, 'en').message).toContain(': counted meanwhile')
  expect(apiErrorOf(fault).why).toEqual(why)
  expect(apiErrorOf(new LaneFault('DAY-01', { note: 'P-1' }))).not.toHaveProperty('why')
})
