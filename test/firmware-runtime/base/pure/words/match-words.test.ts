// Each part of a match score has a sentence in both languages, with every placeholder filled.
// The arguments are those that the score provides.
import { expect, it } from 'vitest'
import { partText } from '#base/pure/words/match-words.ts'
import { matchWords, type MatchPart } from '#base/pure/plates/plate-match.ts'

const all = { at: 4, read: '8', known: 'B', char: '2', percent: 97, seconds: 12, hours: 80 }

it.each(matchWords)('%s', (word) => {
  const args = word === 'colour' ? { read: 'blue', known: 'yellowGreen' } : all
  const said = partText({ word, points: 1, args })
  for (const text of [said.zh, said.en]) expect(text).not.toMatch(/[{}]|undefined|^$/)
})

it.each([
  [{ word: 'alike', points: 10, args: all }, '第 4 位 8/B:极易认混', 'Character 4, 8 for B'],
  [
    { word: 'colour', points: 15, args: { read: 'blue', known: 'yellowGreen' } },
    '现在 蓝牌,入场时 黄绿牌',
    'blue now, yellow and green at entry',
  ],
  [{ word: 'missing', points: 25, args: all }, '没有读到第 4 位 2', 'Character 4, 2, was not read'],
] satisfies [MatchPart, string, string][])('%j', (part, zh, en) => {
  expect(partText(part).zh).toContain(zh)
  expect(partText(part).en).toContain(en)
})
