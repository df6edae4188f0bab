// Chinese punctuation beside Chinese words, with nothing else changed: units, links to type, English, numbers.
// Text typed with Chinese punctuation stays as it is.
import { describe, expect, it } from 'vitest'
import { chineseMarks } from '#base/pure/words/chinese-marks.ts'

describe('Chinese marks', () => {
  it.each([
    ['没有读数,测试暂停;恢复后自动继续', '没有读数，测试暂停；恢复后自动继续'],
    ['上次: 08:14:02', '上次：08:14:02'],
    ['还剩 41 s,读到 5 辆 (共 12)', '还剩 41 s，读到 5 辆（共 12）'],
    ['抽检停车场(10.1.1.2)', '抽检停车场（10.1.1.2）'],
    ['标为“测试”,不计入', '标为“测试”，不计入'],
    ['输出(常闭),脉冲', '输出（常闭），脉冲'],
  ])('of %s', (typed, shown) => expect(chineseMarks(typed)).toBe(shown))

  it.each([
    '读数 (dBm)',
    '链路 tcp://主机:端口 或 serial:端口',
    '对端 probe-server 主机:端口',
    '22.817180, 108.366000',
    'Search all free ports: 2, then ask (once)',
    '1,000 kbps',
    '',
  ])('leaves %s', (typed) => expect(chineseMarks(typed)).toBe(typed))

  it('changes nothing that has them', () => {
    const once = chineseMarks('写好后先核对:附录 D(表 D.1),再启动')
    expect(chineseMarks(once)).toBe(once)
  })
})
