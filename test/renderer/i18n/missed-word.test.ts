// The words for an answer without a bill, with which the day's page says why a bill did not come.
import { describe, expect, it } from 'vitest'
import { missedWord } from '#renderer/pages/day/missed-word.ts'

describe('why a bill did not come', () => {
  it.each([
    ['notYet 100002', 'notYet'],
    ['NOT_READY', 'notYet'],
    ['none 400004', 'none'],
    ['noGateway', 'none'],
    ['silent billNotWhole', 'unread'],
    ['otherShape', 'unread'],
    ['silent otherKey', 'sealed'],
    ['silent sealBroken', 'sealed'],
    ['silent badSignature', 'doubted'],
    ['wrongTime', 'doubted'],
    ['silent 300009', 'refused'],
    ['status 503', 'refused'],
    ['silent redirected 302', 'refused'],
    ['silent timeout', 'silent'],
    ['ECONNREFUSED', 'silent'],
  ])('%s is %s', (reason, word) => {
    expect(missedWord(reason)).toBe(word)
  })
})
