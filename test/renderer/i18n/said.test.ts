// Words for the runtime's notes: every word that it can record exists in both languages, phrases are translated
// as a whole, and an unknown text stays unchanged.
import { describe, expect, it } from 'vitest'
import { createApp, defineComponent, h } from 'vue'
import { respCodes } from '#ledger/pure/platforms/guangxi/resp-codes.ts'
import { note, noteIn, noteWords, type NoteWord } from '#base/pure/words/notes.ts'
import { i18n } from '#renderer/i18n/index.ts'
import { said as rows } from '#renderer/i18n/said.ts'
import { reason } from '#renderer/i18n/lane.ts'
import { factsOf, said } from '#renderer/kit/said.ts'
import { useWords, type Words } from '#renderer/kit/words.ts'

function wordsIn(language: 'zh' | 'en'): Words {
  i18n.global.locale.value = language
  let found: Words | null = null
  const one = defineComponent({
    setup() {
      found = useWords()
      return () => h('p')
    },
  })
  const app = createApp(one)
  app.use(i18n).mount(document.createElement('div'))
  app.unmount()
  if (found === null) throw new Error('no words')
  return found
}

const known = new Set([...Object.keys(rows.word), ...Object.keys(reason)])

/** Texts of earlier versions, the same as a note now, and the text that the window has always shown. */
const oldAndNew = [
  [
    'no whole answer in 3000 ms',
    'noWholeAnswer 3000',
    '3 秒没有完整的回答',
    'no complete answer within 3 s',
  ],
  ['redirect 302', 'redirected 302', '被转到别处（HTTP 302）', 'redirected (HTTP 302)'],
  ['status 503', 'answerStatus 503', 'HTTP 状态 503', 'HTTP status 503'],
  ['HTTP 404', '', 'HTTP 状态 404', 'HTTP status 404'],
  [
    'unsigned status 502',
    'answerDoubted unsigned 502',
    '应答没有签名，HTTP 状态 502',
    'answer not signed (HTTP 502)',
  ],
  ['unsigned on status 200', '', '应答没有签名，HTTP 状态 200', 'answer not signed (HTTP 200)'],
  [
    'badSignature on status 200',
    'answerDoubted badSignature 200',
    '应答签名不对，HTTP 状态 200',
    'signature of the answer wrong (HTTP 200)',
  ],
  ['platform says 500001', 'platformCode 500001', '平台应答码 500001', 'platform says 500001'],
  [
    'answer is encoded as gzip',
    'answerEncoded gzip',
    '应答编码不支持',
    'answer in an encoding that is not supported',
  ],
  ['answer is longer than 1048576 bytes', 'answerTooLong 1048576', '应答过长', 'answer too long'],
  [
    'all 12 rows, cache absent',
    'allRowsRead 12 absent',
    '读了全部 12 行账本，启动缓存不存在',
    'all 12 ledger rows were read, start cache absent',
  ],
  [
    'all 12 rows, cache does not fit the rows: row 5 names an open stay',
    'allRowsRead 12 rowsMisfit row 5 names an open stay',
    '读了全部 12 行账本，启动缓存与账本不符',
    'all 12 ledger rows were read, start cache does not match the ledger',
  ],
  [
    'cache at row 8, 3 after it',
    'cacheRead 8 3',
    '从缓存第 8 行接着读 3 行',
    'the start cache covers row 8; 3 later rows were read',
  ],
  [
    'fold.cache not kept: ENOSPC',
    'cacheNotKept ENOSPC',
    '启动缓存没有保存',
    'the start cache was not saved',
  ],
  [
    'went back in, and another car came',
    'wentBackIn',
    '退回场内，另一辆车来到',
    'the car went back inside and another car came',
  ],
  [
    'no car on the loops: went back in or left unseen',
    'offTheLoops',
    '线圈上无车：退回场内或未见离开',
    'no car is on the loops: it went back inside or left unseen',
  ],
  [
    'first contact: as the device told it',
    'contactCopied',
    '首次接触：天线自报的值',
    'first contact: values that the antenna reported',
  ],
  [
    'contact: the device had other settings than were last written here',
    'contactOther',
    '接触时天线的值与本机上次写入的不同',
    'at contact the antenna had other values than this computer last wrote',
  ],
  [
    'first contact wrote power 8, what was before is unknown',
    'contactWrote 8',
    '首次接触：写入功率 8 档，之前未知',
    'first contact: power step 8 was written; the earlier one is not known',
  ],
  [
    'contact adopted powerStep ? -> 17',
    'contactAdopted powerStep ? -> 17',
    '首次接触：采用天线的 powerStep ? -> 17',
    'first contact: powerStep ? -> 17 taken from the antenna',
  ],
  [
    'first contact: a person has to say the power',
    'contactAsks',
    '首次接触：要由人填写功率',
    'first contact: a person must enter the power',
  ],
  [
    'firmware 2009 -> 3000: as it was counted before',
    'countedBefore 2009 3000',
    '固件 2009 → 3000：换算前的值',
    'firmware 2009 → 3000: values before the conversion',
  ],
  [
    'firmware 2009 -> 3000: powerStep 17 -> powerStep 34',
    'recounted 2009 3000 powerStep 17 -> powerStep 34',
    '固件 2009 → 3000 换算：powerStep 17 -> powerStep 34',
    'firmware 2009 → 3000, converted: powerStep 17 -> powerStep 34',
  ],
  ['9600 baud, 0000EF', 'speedHex 9600 0000EF', '9600 波特，0000EF', '9600 baud, 0000EF'],
  [
    '12 bytes, 0 framed, 3 NUL',
    'heardBytes 12 0 3',
    '12 字节，成帧 0,NUL 3',
    '12 bytes, 0 framed, 3 NUL',
  ],
  [
    '12 bytes, 0 framed, 3 NUL: 00FF',
    'heardHex 12 0 3 00FF',
    '12 字节，成帧 0,NUL 3: 00FF',
    '12 bytes, 0 framed, 3 NUL: 00FF',
  ],
  ['closed by the device', 'closedThere', '设备一侧关闭', 'closed by the device'],
  ['closed by the lane', 'closedHere', '车道一侧关闭', 'closed by the lane'],
  ['平台账单', 'platformBill', '平台账单', 'the bill of the platform'],
  ['paid twice', 'paidTwice', '重复付款', 'paid twice'],
  ['first car test', 'firstCarTest', '首车测试', 'first car test'],
  [
    'paid without an upload row',
    'paidUnsent',
    '已付款但没有上传行',
    'the stay was paid, but it has no upload row',
  ],
  [
    'the ledger does not tell what a record needs',
    'rowsTellNothing',
    '账本没有记录所需的内容',
    'the ledger does not contain what the record needs',
  ],
  [
    'undo of T7: these values were proven before',
    'undoProven T7',
    '撤回 T7：这些值以前已证实',
    'undo of T7: these values were proven earlier',
  ],
  [
    '5A01: 2026-01-01 - 2027-01-01; clock 2027-01-02; signed 2027-01-03',
    'certificateRefused 5A01 2026-01-01 2027-01-01 2027-01-02 2027-01-03',
    '5A01: 2026-01-01 - 2027-01-01；本机时间 2027-01-02；签于 2027-01-03',
    '5A01: 2026-01-01 - 2027-01-01; time here 2027-01-02; signed 2027-01-03',
  ],
] as const

describe('notes', () => {
  it.each(oldAndNew)('%j of an old row and %j of a new one read the same', (old, now, zh, en) => {
    for (const text of now === '' ? [old] : [old, now]) {
      expect(said(wordsIn('zh'), text)).toBe(zh)
      expect(said(wordsIn('en'), text)).toBe(en)
    }
  })
  it.each(Object.keys(noteWords) as NoteWord[])('%s is said with what stands behind it', (word) => {
    const args = Array.from({ length: noteWords[word].length }, (_, i) => `P${i}`)
    const text = note(word, ...(args as never))
    expect(noteIn(`signIn silence ${text}`)).toMatchObject({ word, before: 'signIn silence' })
    for (const language of ['zh', 'en'] as const)
      expect(said(wordsIn(language), text)).not.toBe(text)
  })
  it('behind other words are said with them', () => {
    const text = 'signIn silence noWholeAnswer 3000'
    expect(said(wordsIn('zh'), text)).toBe('签到 没有应答 3 秒没有完整的回答')
    i18n.global.locale.value = 'zh'
  })
})

describe('words of the runtime', () => {
  it('are there for every answer code of the platform', () => {
    expect(respCodes.map((row) => row.meaning).filter((word) => !known.has(word))).toEqual([])
  })
  it.each([
    ['', ''],
    ['no whole answer in 3000 ms', '3 秒没有完整的回答'],
    ['connect ECONNREFUSED 127.0.0.1:8443', '连接被拒绝'],
    ['unsigned on status 200', '应答没有签名，HTTP 状态 200'],
    ['status 503', 'HTTP 状态 503'],
    ['200010 missingField', '200010 缺少字段'],
    ['lane.settle cash', '人工收费 现金'],
    ['stays.close n1-S1 n1-S7', '结束停车记录 n1-S1 n1-S7'],
    ['went back in, and another car came', '退回场内，另一辆车来到'],
    ['all 12 rows, cache absent', '读了全部 12 行账本，启动缓存不存在'],
    ['all 12 rows, cache does not fit the rows: x', '读了全部 12 行账本，启动缓存与账本不符'],
    // A sentence translated by half would be less clear than the original.
    ['cash was somewhere', 'cash was somewhere'],
    ['测A12345 0.97', '测A12345 0.97'],
    ['12 bytes, 0 framed, 3 NUL', '12 字节，成帧 0,NUL 3'],
    ['12 bytes, 0 framed, 3 NUL: 00FF', '12 字节，成帧 0,NUL 3: 00FF'],
    ['9600 baud, 0000EF', '9600 波特，0000EF'],
    ['P-198', 'P-198'],
  ])('%j', (text, words) => {
    expect(said(wordsIn('zh'), text)).toBe(words)
  })
  it('says a fault code with what it means', () => {
    expect(said(wordsIn('zh'), 'DATA-02 no space left')).toMatch(/[\u4e00-\u9fff].*代码 DATA-02$/)
  })
  it('says the members of a row under their names, in both languages', () => {
    const body = {
      means: 'waived',
      amountFen: 0,
      noEntry: true,
      leftAtMs: 0,
      by: null,
      proof: { tac: 'A1' },
    }
    expect(factsOf(wordsIn('zh'), body)).toBe(
      '收款方式 免收 · 金额 ¥ 0.00 · 无入场记录 是 · 离场 1970-01-01 08:00:00 · 交易认证码 A1',
    )
    expect(factsOf(wordsIn('en'), { end: 'open', noEntry: false })).toBe(
      'end not ended · without entry no',
    )
    expect(factsOf(wordsIn('en'), { exceptionType: 'other' })).toBe('exception type Other')
    expect(factsOf(wordsIn('en'), { exceptionType: 99 })).toBe('exception type 99')
    i18n.global.locale.value = 'zh'
  })
})
