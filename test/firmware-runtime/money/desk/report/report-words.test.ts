// A report names a reason as the window does, not as a driver display does; a word without an entry is shown unchanged.
import { expect, it } from 'vitest'
import { actWord, reasonWord } from '#money/desk/report/report-words.ts'
import { cardReasons } from '#base/pure/words/card-reason.ts'
import { exceptionWords } from '#base/pure/words/exception-words.ts'
import { shownReasons } from '#base/pure/words/manual-reason.ts'

it('has the words of the window for why a car went to a person', () => {
  const { rsuGone, noStay, insufficient } = shownReasons
  expect(['rsuGone', 'noStay', 'insufficient'].map(reasonWord)).toEqual([
    rsuGone,
    noStay,
    insufficient,
  ])
})

it('has those of why a card may not pay', () => {
  expect(reasonWord('obuRemoved')).toEqual(cardReasons.obuRemoved.words)
})

it('has those of exceptions, and leaves others as they stand', () => {
  expect(actWord('noTac')).toEqual(exceptionWords.noTac)
  expect(reasonWord('=1+1')).toEqual({ zh: '=1+1', en: '=1+1' })
})
