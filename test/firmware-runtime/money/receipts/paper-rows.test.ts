// The next paper of a receipt is marked as a copy only if a paper or a file of it may already exist.
// Rows in order, as an older version and this one wrote them.
import { expect, it } from 'vitest'
import { isOnPaper, type PaperRow } from '#money/receipts/paper-rows.ts'

const row = (state: PaperRow['state'], over: Partial<PaperRow> = {}): PaperRow => ({
  state,
  printer: 'one',
  why: null,
  ...over,
})
const file = (state: PaperRow['state']): PaperRow => row(state, { printer: 'pdf' })
const unsent = row('notPrinted', { why: 'paperOut', isSent: false })

it.each([
  ['never asked for', [], false],
  ['asked for, and nothing left', [row('asked'), unsent], false],
  ['asked twice, and nothing left', [row('asked'), unsent, row('again'), unsent], false],
  ['printed', [row('asked'), row('printed')], true],
  ['printed the second time', [row('asked'), unsent, row('again'), row('printed')], true],
  ['a part had left', [row('asked'), row('notPrinted', { isSent: true })], true],
  ['written before, when nobody said', [row('asked'), row('notPrinted')], true],
  ['the machine went down while it printed', [row('asked')], true],
  ['the same, and asked for again', [row('asked'), row('asked'), unsent], true],
  ['given as a file', [row('given', { printer: 'pdf' })], true],
  ['a file being saved: Studio may have ended', [file('saving')], true],
  ['a file that was saved', [file('saving'), file('given')], true],
  ['a file whose dialog was cancelled', [file('saving'), file('notSaved')], false],
  [
    'a file that was cancelled, then saved',
    [file('saving'), file('notSaved'), file('saving'), file('given')],
    true,
  ],
  [
    'a file that was cancelled twice',
    [file('saving'), file('notSaved'), file('saving'), file('notSaved')],
    false,
  ],
  [
    'a file that was saved, then cancelled',
    [file('saving'), file('given'), file('saving'), file('notSaved')],
    true,
  ],
  [
    'a file cancelled while a printer ran out',
    [row('asked'), file('saving'), unsent, file('notSaved')],
    false,
  ],
  [
    'a file cancelled while a printer printed',
    [row('asked'), file('saving'), file('notSaved')],
    true,
  ],
  ['seen by a person', [row('asked'), unsent, row('ended', { why: 'seen' })], true],
  ['not wanted', [row('asked'), unsent, row('ended', { why: 'notWanted' })], false],
] as const)('%s: %#', (_, rows, is) => {
  expect(isOnPaper(rows)).toBe(is)
})
