// File names of 9.3.5: the five examples of the reference are read, and every other form is refused with its part.
// A name in which type and command are one word, as the national practice has it, is read as well.
import { describe, expect, it } from 'vitest'
import { isoOf } from '#base/pure/values/instant.ts'
import { mustBeNamed, readFileName } from '#ledger/pure/platforms/guangxi/file-name.ts'
import { faultOf } from '../../../../../kit/refusals.ts'

describe('a file name', () => {
  it.each([
    ['PARK_TRADE_EXITUPLOAD_REQ_GX00012_20261120143000123.json', 'PARK TRADE EXITUPLOAD', 'REQ'],
    ['PARK_BATCH_EXITHOUR_REQ_GX00012_20261120143000123.json', 'PARK BATCH EXITHOUR', 'REQ'],
    ['PARK_BILL_EXITDAY_RES_GX00012_20261120143000123.json', 'PARK BILL EXITDAY', 'RES'],
    ['PARK_LIST_BLACKINC_RES_GX00012_20261120143000123.json', 'PARK LIST BLACKINC', 'RES'],
    ['BASIC_USERUPLOAD_REQ_GX00012_20261120143000123.json', 'BASIC USERUPLOAD', 'REQ'],
  ])('%s', (text, words, mark) => {
    const found = readFileName(text)
    expect(found).toMatchObject({ words: words.split(' '), mark, appId: 'GX00012' })
    expect(isoOf(found.atMs)).toBe('2026-11-20T14:30:00.123+08:00')
  })

  const when = '20261120143000123'
  it.each([
    ['suffix', '', `PARK_BILL_EXITDAY_RES_GX00012_${when}`],
    ['suffix', '.txt', `PARK_BILL_EXITDAY_RES_GX00012_${when}.txt`],
    ['time', `${when}.json`, `PARK_BILL_EXITDAY_RES_GX00012_${when}.json.json`],
    ['time', '20261320143000123', 'PARK_BILL_EXITDAY_RES_GX00012_20261320143000123.json'],
    ['time', '20260231143000123', 'PARK_BILL_EXITDAY_RES_GX00012_20260231143000123.json'],
    ['time', '2026112014300012', 'PARK_BILL_EXITDAY_RES_GX00012_2026112014300012.json'],
    ['appId', '', `PARK_BILL_EXITDAY_RES__${when}.json`],
    ['appId', 'GX-12', `PARK_BILL_EXITDAY_RES_GX-12_${when}.json`],
    ['mark', 'ANS', `PARK_BILL_EXITDAY_ANS_GX00012_${when}.json`],
    ['service', '../PARK', `../PARK_BILL_EXITDAY_RES_GX00012_${when}.json`],
    ['service', 'park', `park_BILL_EXITDAY_RES_GX00012_${when}.json`],
    ['type', '', `PARK__EXITDAY_RES_GX00012_${when}.json`],
    ['type', '', `PARK_RES_GX00012_${when}.json`],
    ['command', 'exitDay', `PARK_BILL_exitDay_RES_GX00012_${when}.json`],
    ['service', 'A_PARK_BILL_EXITDAY', `A_PARK_BILL_EXITDAY_RES_GX00012_${when}.json`],
    ['service', '', `RES_GX00012_${when}.json`],
    ['suffix', '', ''],
  ])('%s %j is wrong in %s', (field, value, text) => {
    const fault = faultOf(() => readFileName(text))
    expect(fault).toMatchObject({ code: 'FILE-06', detail: { field } })
    if (field !== 'suffix') expect(fault.detail.value).toBe(value)
  })

  it.each([
    ['service', 'BASIC', `BASIC_BILL_EXITDAY_RES_GX00012_${when}.json`],
    ['type', 'LIST', `PARK_LIST_EXITDAY_RES_GX00012_${when}.json`],
    ['command', 'SPLITDAY', `PARK_BILL_SPLITDAY_RES_GX00012_${when}.json`],
    ['mark', 'REQ', `PARK_BILL_EXITDAY_REQ_GX00012_${when}.json`],
    ['appId', 'GX00013', `PARK_BILL_EXITDAY_RES_GX00013_${when}.json`],
    ['time', '20261120143000124', 'PARK_BILL_EXITDAY_RES_GX00012_20261120143000124.json'],
  ])('%s %s is of another file', (field, value, text) => {
    const { atMs } = readFileName(`PARK_BILL_EXITDAY_REQ_GX00012_${when}.json`)
    const due = { words: 'PARK_BILL_EXITDAY', mark: 'RES', appId: 'GX00012', atMs } as const
    expect(faultOf(() => mustBeNamed(text, due))).toMatchObject({
      code: 'FILE-06',
      detail: { field, value },
    })
    mustBeNamed(`PARK_BILL_EXITDAY_RES_GX00012_${when}.json`, due)
  })
})
