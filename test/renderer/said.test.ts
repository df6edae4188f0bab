// Words for what the runtime notes: every word it can note has one in both languages, phrases are said
// whole, and what is no word stays as it came.
import { describe, expect, it } from 'vitest'
import { createApp, defineComponent, h } from 'vue'
import { respCodes } from '../../firmware-runtime/platforms/guangxi/resp-codes.ts'
import { i18n } from '../../renderer/i18n/index.ts'
import { said as chinese } from '../../renderer/i18n/zh/said.ts'
import { lane } from '../../renderer/i18n/zh/lane.ts'
import { factsOf, said } from '../../renderer/app/said.ts'
import { useWords, type Words } from '../../renderer/app/words.ts'

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

const known = new Set([...Object.keys(chinese.said.word), ...Object.keys(lane.reason)])

describe('words of the runtime', () => {
  it('are there for every answer code of the platform', () => {
    expect(respCodes.map((row) => row.meaning).filter((word) => !known.has(word))).toEqual([])
  })
  it.each([
    ['', ''],
    ['no whole answer in 3000 ms', '3000 ms 内没有完整应答'],
    ['connect ECONNREFUSED 127.0.0.1:8443', '连接被拒绝'],
    ['unsigned on status 200', '应答没有签名，HTTP 状态 200'],
    ['status 503', 'HTTP 状态 503'],
    ['200010 missingField', '200010 缺少字段'],
    ['lane.settle cash', '人工收费 现金'],
    ['stays.close n1-S1 n1-S7', '结束停车记录 n1-S1 n1-S7'],
    ['went back in, and another car came', '退回场内，另一辆车来到'],
    ['all 12 rows, cache absent', '读了全部 12 行账本，启动缓存不存在'],
    ['all 12 rows, cache does not fit the rows: x', '读了全部 12 行账本，启动缓存与账本不符'],
    // Half a sentence in each language says less than the sentence as it came.
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
      '收款方式 免收 · amountFen ¥ 0.00 · 无入场记录 是 · 离场 1970-01-01 08:00:00 · 交易认证码 A1',
    )
    expect(factsOf(wordsIn('en'), { end: 'open', noEntry: false })).toBe(
      'end not ended · without entry no',
    )
    expect(factsOf(wordsIn('en'), { exceptionType: 'other' })).toBe('exception type other')
    expect(factsOf(wordsIn('en'), { exceptionType: 99 })).toBe('exception type 99')
    i18n.global.locale.value = 'zh'
  })
})
