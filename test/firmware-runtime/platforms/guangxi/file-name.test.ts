// File names of 9.3.5: the five examples of the reference are read, and every other form is no name.
// A name in which type and command are one word, as the national practice has it, is read as well.
import { describe, expect, it } from 'vitest'
import { isoOf } from '../../../../firmware-runtime/core/values/instant.ts'
import { readFileName } from '../../../../firmware-runtime/platforms/guangxi/file-name.ts'

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
    expect(isoOf(found?.atMs ?? 0)).toBe('2026-11-20T14:30:00.123+08:00')
  })

  it.each([
    'PARK_BILL_EXITDAY_RES_GX00012_20261120143000123',
    'PARK_BILL_EXITDAY_RES_GX00012_20261120143000123.txt',
    'PARK_BILL_EXITDAY_RES_GX00012_20261120143000123.json.json',
    '../PARK_BILL_EXITDAY_RES_GX00012_20261120143000123.json',
    'PARK_BILL_EXITDAY_ANS_GX00012_20261120143000123.json',
    'PARK_BILL_EXITDAY_RES_GX00012_20261320143000123.json',
    'PARK_BILL_EXITDAY_RES_GX00012_20260231143000123.json',
    'PARK_BILL_EXITDAY_RES_GX00012_2026112014300012.json',
    'PARK_BILL_EXITDAY_RES__20261120143000123.json',
    'park_BILL_EXITDAY_RES_GX00012_20261120143000123.json',
    'A_PARK_BILL_EXITDAY_RES_GX00012_20261120143000123.json',
    'RES_GX00012_20261120143000123.json',
    '',
  ])('%s is none', (text) => {
    expect(readFileName(text)).toBeNull()
  })
})
