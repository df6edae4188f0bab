// The lane board on a scripted lot: what it shows, and the calls of the three acts.
// Acts need a name and a reason, and a second try has the same command id.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { App as VueApp } from 'vue'
import type { Router } from 'vue-router'
import { i18n } from '#renderer/i18n/index.ts'
import { boards, car, device, isoAt, lane, queueStatus, status } from './lane-views.ts'
import {
  all,
  named as test,
  one,
  openPage,
  settle,
  submit,
  type,
  wordOf,
  click,
  sayWho,
  sign,
  showBoard,
  hit,
  press,
} from '../../kit/page.ts'
import { ScriptedLot } from '../../kit/scripted-lot.ts'

let lot: ScriptedLot
let app: VueApp
let router: Router

beforeEach(async () => {
  lot = new ScriptedLot()
  app = await openPage(lot, '/lane')
  router = app.config.globalProperties.$router
})

afterEach(() => app.unmount())

describe('the board', () => {
  it('shows plate, amount, balance, and what the driver reads, word for word', () => {
    expect(one(test('plate')).textContent).toBe('测A·12345')
    expect(one(test('amount')).textContent).toBe('¥ 12.00')
    expect(one(test('balance')).textContent).toBe('余额 ¥ 86.40')
    expect(one(test('shown')).textContent).toBe('测A12345 停2时13分 ¥ 12.00 一路顺风')
    expect(one('.mode').textContent).toBe('演示')
  })

  it.each([
    ['up', '● 在线', 0],
    ['failing', '▲ 应答失败', 1],
    ['quiet', '○ 久未联系', 1],
    ['down', '✕ 失联', 1],
    ['later', '▲ 尚未接入', 0],
  ] as const)('the platform is %s: colour, word, and how old its answer is', async (...row) => {
    const [state, word, ages] = row
    const platform = { state, url: 'https://127.0.0.1:1', answeredMsAgo: 42_000 }
    await showBoard(lot, { ...boards.normal, status: status({ platform }) })
    const [glyph = '', said = ''] = word.split(' ')
    expect(one(test('platform')).textContent).toContain(`${glyph}${said}`)
    expect(all(test('platform-answered')).map((el) => el.textContent)).toEqual(
      ages === 0 ? [] : ['42 秒前有应答'],
    )
  })

  it.each([
    [899_000, '时钟 +0.3 s'],
    [901_000, '○ 时钟 +0.3 s'],
  ])('what the platform said of the clock %i ms ago is grey once it is old', async (ago, text) => {
    const clock = { businessIso: isoAt('10:15:20'), platformOffsetMs: 312, offsetMsAgo: ago }
    await showBoard(lot, { ...boards.normal, status: status({ clock }) })
    expect(one(test('clock')).textContent).toBe(text)
    expect(one(test('clock')).classList.contains('off')).toBe(ago > 900_000)
  })

  it('shows what was taken, and what was due where that is another amount', () => {
    const amounts = all('.last td.number').map((el) => el.textContent.replace(/\s+/g, ' ').trim())
    // An ETC payment, then a car let out for free: it had an amount, and nothing was collected.
    expect([amounts[0], amounts[4]]).toEqual(['¥ 5.00', '应收 ¥ 10.00 ¥ 0.00'])
  })

  it('names the paid car that a restart lost sight of, while nobody has said who waits', async () => {
    const waiting = car({ stayId: null, plate: null, manual: 'passInDoubt', dueFen: 0 })
    await showBoard(lot, {
      ...boards.normal,
      lanes: [lane({ state: 'manual', car: waiting, inDoubt: '测A12345' })],
    })
    expect(one(test('in-doubt')).textContent).toContain('测A·12345')
  })

  it('has the act that a car needs as its primary one: other payment before an open barrier', async () => {
    const primary = (): string[] =>
      ['settle', 'open'].filter((name) => one(test(name)).classList.contains('primary'))
    await showBoard(lot, boards.normal)
    expect(primary()).toEqual(['open'])
    await showBoard(lot, {
      ...boards.normal,
      lanes: [lane({ state: 'manual', car: car({ manual: 'platformDown' }) })],
    })
    expect(primary()).toEqual(['settle'])
  })

  it('says in the open as what a car of unknown class is priced, once its OBU is not waited for', async () => {
    const text = { zh: '车型未知', en: 'Vehicle class not known' }
    const [line] = car().lines
    const lines = line === undefined ? [] : [{ ...line, rule: 'classUnknown', text }]
    await showBoard(lot, { ...boards.normal, lanes: [lane({ car: car({ lines }) })] })
    expect(all(test('class-unknown'))).toEqual([])
    await showBoard(lot, {
      ...boards.normal,
      lanes: [lane({ state: 'manual', car: car({ lines, manual: 'noObu' }) })],
    })
    expect(one(test('class-unknown')).textContent).toContain(text.zh)
  })

  it('shows the words of a driver to the letter, its own with Chinese marks', async () => {
    const shown = { zh: '余额不足,请缴费', en: 'Balance too low' }
    const needs = car({ manual: 'largeAmount' })
    await showBoard(lot, {
      ...boards.normal,
      lanes: [lane({ state: 'manual', car: needs, shown, display: null })],
    })
    expect(document.body.textContent).toContain('余额不足,请缴费')
    expect(document.body.textContent).toContain(wordOf('reason.largeAmount'))
  })

  it('with a display it shows what the board acknowledged, not what was meant for it', async () => {
    const shown = { zh: '请通行 一路顺风', en: 'Please proceed. Safe journey' }
    const lines = ['请通行', '一路顺风', '', '']
    await showBoard(lot, {
      ...boards.normal,
      lanes: [lane({ shown, display: { state: 'shown', lines, spoken: '' } })],
    })
    expect(one(test('shown')).textContent).toBe('请通行 一路顺风')
    expect(all(test('not-shown'))).toHaveLength(0)
    const others = ['测A12345', '停2时13分', '12元', '']
    await showBoard(lot, {
      ...boards.normal,
      lanes: [lane({ shown, display: { state: 'shown', lines: others, spoken: '' } })],
    })
    expect(one(test('shown')).textContent).toBe('测A12345 停2时13分 12元')
  })

  it.each([
    ['silent', 'zh', '显示屏无应答'],
    ['silent', 'en', 'does not answer'],
    ['refused', 'zh', '显示屏拒绝显示'],
    ['refused', 'en', 'refused this'],
  ] as const)('a display that is %s is said, in %s', async (state, language, words) => {
    i18n.global.locale.value = language
    const shown = { zh: '请通行', en: 'Please proceed' }
    await showBoard(lot, {
      ...boards.normal,
      lanes: [lane({ shown, display: { state, lines: [], spoken: '' } })],
    })
    expect(one(test('not-shown')).textContent).toContain(words)
    expect(one(test('shown')).textContent).toBe(shown[language])
    expect(one('.display').classList.contains(state)).toBe(true)
  })

  it.each([
    ['zh', '停用中，只能人工开闸'],
    ['en', 'opens by hand only'],
  ] as const)('a barrier that waits for a person is said, in %s', async (language, words) => {
    i18n.global.locale.value = language
    await showBoard(lot, { ...boards.normal, lanes: [lane()] })
    expect(all(test('disarmed'))).toHaveLength(0)
    await showBoard(lot, { ...boards.normal, lanes: [lane({ barrierArmed: false })] })
    expect(one(test('disarmed')).textContent).toContain(words)
  })

  it('words on their way are no alarm, and a lane without a display shows what is meant', async () => {
    const shown = { zh: '请通行', en: 'Please proceed' }
    const display = { state: 'sending', lines: [], spoken: '' } as const
    await showBoard(lot, { ...boards.normal, lanes: [lane({ shown, display })] })
    expect(all(test('not-shown'))).toHaveLength(0)
    expect(one('.display').textContent).toContain(wordOf('car.driverSending'))
    await showBoard(lot, { ...boards.normal, lanes: [lane({ shown })] })
    expect(one(test('shown')).textContent).toBe('请通行')
  })

  it('the display has its dot where the lane has one', async () => {
    await showBoard(lot, { ...boards.normal, lanes: [lane()] })
    expect(all('.dots .state').map((dot) => dot.title.split(' ')[0])).toEqual([
      '天线',
      '相机',
      '道闸',
      '显示屏',
    ])
    const off = device({ state: 'off', heardMsAgo: null })
    const devices = { rsu: device(), camera: device(), barrier: device(), display: off }
    await showBoard(lot, { ...boards.normal, lanes: [lane({ devices })] })
    expect(all('.dots .state')).toHaveLength(3)
  })

  it('names the step that failed and why, and never hides unsent records', async () => {
    await showBoard(lot, boards.error)
    expect(one('.step.failed').textContent).toContain('平台无应答')
    expect(one('.manual').textContent).toContain(wordOf('car.manual', { reason: '平台无应答' }))
    expect(one(test('unsent')).textContent).toContain('待上传 128 条（最早 2 小时）')
    expect(one(test('exposure')).textContent).toBe(
      wordOf('status.exposure', { amount: '¥ 1542.50' }),
    )
  })

  it('draws what is not known as not known', async () => {
    await showBoard(lot, {
      ...boards.normal,
      lanes: [lane({ barrier: { position: 'unknown', arrive: 'unknown', under: 'off' } })],
    })
    expect(one('.picture svg').getAttribute('aria-label')).toBe(
      '出口 1：道闸位置未知，触发地感未知，防砸地感无车',
    )
    expect(all('.picture .side .arm')).toHaveLength(2)
    expect(all('.picture .loop.unknown').length).toBeGreaterThan(0)
  })

  it('pulses the cone only while the antenna searches', async () => {
    expect(all('.picture .cone.searching')).toHaveLength(0)
    await showBoard(lot, boards.busy)
    expect(all('.picture .cone.searching')).toHaveLength(2)
  })

  it.each([
    [device({ heardMsAgo: 2_300 }), 'ok', '2 秒前有应答'],
    [device({ state: 'down', heardMsAgo: 4_000 }), 'warn', '失联'],
    [device({ state: 'down', heardMsAgo: 31_000 }), 'bad', '失联'],
    [device({ state: 'off', heardMsAgo: null }), 'off', '未配置'],
    [device({ state: 'down', heardMsAgo: null }), 'bad', '还没有应答'],
  ])('a dot says when the device was heard: %o', async (rsu, tone, word) => {
    await showBoard(lot, {
      ...boards.normal,
      lanes: [lane({ devices: { rsu, camera: device(), barrier: device(), display: device() } })],
    })
    const dot = one('.dots .state')
    expect(dot.querySelector(`.${tone}`)).not.toBeNull()
    expect(dot.textContent).toContain(word)
  })

  it('a camera says why it is out of service, and how far its clock is off', async () => {
    const camera = device({
      state: 'down',
      heardMsAgo: 4_000,
      reason: 'opensByItself',
      clockOffsetMs: -93_400,
    })
    await showBoard(lot, {
      ...boards.normal,
      lanes: [lane({ devices: { rsu: device(), camera, barrier: device(), display: device() } })],
    })
    const dot = all('.dots .state')[1]
    expect(dot?.title).toBe('相机 · 失联 · 可能自行开闸 · 4 秒前有应答 · 时钟 -93.4 s')
  })

  it('says everything in English too', async () => {
    i18n.global.locale.value = 'en'
    await settle()
    expect(one('.mode').textContent).toBe('Demo')
    expect(document.body.textContent?.replaceAll(/测/g, '')).not.toMatch(/[\u4e00-\u9fff]/)
  })
})

describe('opening by hand', () => {
  it('needs a reason and a name, and sends both once', async () => {
    await hit('F8')
    await submit()
    expect(lot.sent('lane.open')).toHaveLength(0)
    expect(all('form.act [role="alert"]')).toHaveLength(2)
    await sign('值班员甲', 1)
    const [call] = lot.sent('lane.open')
    expect(call?.args).toMatchObject({
      laneId: 'exit',
      by: '值班员甲',
      reason: wordOf('frameValue.barrier.means.deviceFailure'),
    })
    expect(call?.args['commandId']).toMatch(/^[\w-]{8,64}$/)
  })

  it.each([
    ['done', 1, wordOf('act.repeated')],
    ['none', 2, 'ACT-02'],
  ] as const)(
    'cut off and %s: tried under %i command ids, and said',
    async (state, count, said) => {
      await hit('F8')
      await sayWho('值班员甲')
      lot.refuses('lane.open', 'RUN-03')
      lot.commandState = state
      await submit()
      expect(one('form.act').textContent).toContain(said)
      await submit()
      const ids = lot.sent('lane.open').map((call) => call.args['commandId'])
      expect(new Set(ids).size).toBe(count)
    },
  )

  it('warns of the money that is not collected', async () => {
    await showBoard(lot, boards.error)
    await hit('F8')
    expect(one('form.act').textContent).toContain('应收 ¥ 123.50 不会自动收取')
  })
})

describe('correcting a plate', () => {
  it.each([
    ['测a·12346', '测A12346'],
    ['测Ａ１２３４６', '测A12346'],
  ])('takes %s as %s', async (text, plate) => {
    await hit('F2')
    await type('input[name="plate"]', text)
    await sign('值班员甲')
    expect(lot.sent('lane.correctPlate')[0]?.args).toMatchObject({ plate })
  })

  it.each(['', '12345', 'ABC', '测A1', '测A12345678901'])('refuses %j', async (text) => {
    await hit('F2')
    await type('input[name="plate"]', text)
    await sign('值班员甲')
    expect(lot.sent('lane.correctPlate')).toHaveLength(0)
    expect(one('form.act').textContent).toContain('不是有效的车牌')
  })
})

describe('the other screens', () => {
  it('show frames raw beside decoded, money lines, and the Request-ID', async () => {
    await router.push('/ledger/S-DEMO01-000231')
    await settle()
    const text = document.body.textContent ?? ''
    expect(text).toContain('ff ff 01 00 b2')
    expect(text).toContain('45010123456789AB')
    expect(text).toContain('首 60 分钟')
    expect(text).toContain('08F7A6B1C2D3E4F50617')
  })

  it('retry the queue only with a reason, and list what is set aside apart', async () => {
    lot.show({
      ...boards.normal,
      status: status({ queue: queueStatus({ unsent: 12, oldestAgeSec: 9, poison: 2 }) }),
    })
    await router.push('/queue')
    await settle()
    expect(document.body.textContent).toContain(wordOf('queue.poisonTitle'))
    await press('retry')
    await submit()
    expect(lot.sent('queue.retryNow')).toHaveLength(0)
    await sign('值班员甲')
    expect(lot.sent('queue.retryNow')).toHaveLength(1)
  })

  it('write the queue to a stick and take answers back, and say what came of it', async () => {
    lot.show({ ...boards.normal, status: status({ queue: queueStatus({ unsent: 3 }) }) })
    await router.push('/queue')
    await settle()
    await press('stick-out')
    await sign('值班员甲')
    expect(lot.sent('queue.export')).toHaveLength(0)
    await type('input[name="folder"]', '/media/stick')
    await submit()
    const args = { to: '/media/stick', recipient: 'recovery' }
    expect(lot.sent('queue.export')).toMatchObject([{ args }])
    expect(one(test('outcome')).textContent).toContain('写了 3 条，1 个文件')
    await click(one('.el-dialog__headerbtn'))
    await press('stick-back')
    await type('input[name="folder"]', '/media/stick')
    await sign('值班员甲')
    expect(lot.sent('queue.import')).toMatchObject([{ args: { from: '/media/stick' } }])
    expect(one(test('outcome')).textContent).toContain('确认 2 条，拒绝 1 条')
  })
})

describe('the runtime', () => {
  it.each([
    ['RUN-01', '2000', '2.0 秒后自动重新启动'],
    ['RUN-02', '', '车道没有在运行'],
  ])('being away (%s) is said, and when it comes back', async (code, value, words) => {
    lot.refuses('board.get', code, { value })
    await hit('F5')
    expect(one(test('notice')).textContent).toContain(words)
    lot.replies.clear()
    await hit('F5')
    expect(all(test('notice'))).toHaveLength(0)
  })

  it('sends no calls a lane does not know', () => {
    expect(car().plate).toBe('测A12345')
    expect(
      lot.calls.every((call) =>
        ['board.get', 'day.get', 'inbox.get', 'photo.get'].includes(call.name),
      ),
    ).toBe(true)
  })
})
