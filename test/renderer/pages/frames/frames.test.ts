// The frame console on a scripted lot: raw and decoded rows, filters, keys, pause, saving, dropped
// frames, and sending a frame of the list by hand.
import { beforeEach, describe, expect, it } from 'vitest'
import { deltaText, openFilter, shownRows, spaced } from '#renderer/pages/frames/frame-list.ts'
import {
  all,
  named,
  one,
  openPage,
  settle,
  submit,
  type,
  faultWhat,
  wordOf,
  textOf,
  click,
  sayWho,
  pass,
} from '../../kit/page.ts'
import { ScriptedLot } from '../../kit/scripted-lot.ts'
import { lotOnFakeTime } from '../../kit/fake-time.ts'

let lot: ScriptedLot

const open = (): Promise<unknown> => openPage(lot, '/devices/frames')
async function press(key: string, on: EventTarget = window, ctrlKey = false): Promise<void> {
  on.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true, cancelable: true }))
  await settle()
}

beforeEach(() => void (lot = lotOnFakeTime()))

it('shows raw bytes beside what they say, and what was thrown away', async () => {
  await open()
  const text = textOf('frame-list')
  for (const word of ['链路接通', '心跳', '开关天线', 'FF FF', '开关 1', '丢弃 4 字节'])
    expect(text).toContain(word)
  expect(textOf('facts')).toContain(wordOf('frames.noneDropped'))
})

it('goes on fetching where it was, and says openly what was dropped', async () => {
  await open()
  const before = lot.console.rows.length
  lot.console.repeat(2)
  lot.console.dropped = 7
  await pass(300)
  expect(textOf('facts')).toContain(`${before * 2} 帧`)
  expect(textOf('facts')).toContain('漏看 7 帧')
  expect(lot.sent('device.frames').at(-1)?.args).toMatchObject({ after: before })
})

it('filters by way, type and text, and says when all are hidden', async () => {
  await open()
  await type('input[name="types"]', 'c6')
  const rows = all(named('frame')).map((row) => row.innerText)
  expect(rows.filter((row) => !row.includes('链路'))).toHaveLength(1)
  expect(rows.at(-1)).toContain('扣费')
  await type('input[name="types"]', '')
  await type('input[name="text"]', 'no such thing')
  expect(document.body.innerText).toContain(wordOf('frames.noMatch'))
})

it('finds what the rows say in words, and what stands on the wire', async () => {
  await open()
  const found = async (text: string): Promise<readonly string[]> => {
    await type('input[name="text"]', text)
    return all(named('frame')).map((row) => row.innerText)
  }
  for (const text of ['余额', 'balance']) {
    const rows = await found(text)
    expect(rows.length, text).toBe(2)
    for (const row of rows) expect(row).toMatch(/B4 车辆和卡|B5 交易结果/)
  }
  expect(await found('非接触卡')).toHaveLength(1)
})

it('walks by keys and shows one frame in full', async () => {
  await open()
  const list = one(named('frame-list'))
  await press('Home', list)
  await press('ArrowDown', list)
  const second = lot.console.rows[1]
  expect(textOf('hex')).toBe(spaced(second?.hex ?? ''))
  expect(textOf('frame-full')).toContain('开关')
  await press('End', list)
  expect(textOf('hex')).toBe(spaced(lot.console.rows.at(-1)?.hex ?? ''))
})

it('keeps twenty thousand rows and draws only those in sight', async () => {
  lot.console.repeat(Math.ceil(25_000 / lot.console.rows.length))
  await open()
  await pass(300)
  expect(textOf('facts')).toContain('20000')
  expect(all(named('frame')).length).toBeLessThan(60)
})

it('stands still on Space, counts what comes, and goes on', async () => {
  await open()
  const before = lot.console.rows.length
  await press(' ')
  lot.console.repeat(2)
  await pass(300)
  expect(textOf('facts')).toContain(`已暂停，又来了 ${before} 帧`)
  await press(' ')
  expect(textOf('facts')).toContain(`${before * 2} / ${before * 2} 帧`)
})

it('keeps a capture on Ctrl+S and pcapng by its button, and says where', async () => {
  await open()
  await press('s', window, true)
  expect(textOf('saved')).toContain('captures/')
  await click(one(named('pcapng')))
  expect(lot.sent('device.saveFrames').map(({ args }) => args['format'])).toEqual([
    'capture',
    'pcapng',
  ])
  lot.refuses('device.saveFrames', 'FILE-01')
  await press('s', window, true)
  expect(document.body.innerText).toContain(faultWhat('FILE-01'))
})

it('sends only what the list offers, with its field whole', async () => {
  await open()
  await click(one(named('send')))
  expect(all('input[name="code"]').map((input) => (input as HTMLInputElement).value)).toEqual([
    'C2',
    'CA',
    'CF',
  ])
  await sayWho('装机员')
  await type('input[name="field-obuId"]', '0200')
  await submit()
  expect(lot.sent('device.sendFrame')).toEqual([])
  expect(document.body.innerText).toContain(wordOf('frames.fieldNeed', { count: 4 }))
  await type('input[name="field-obuId"]', '02 00 12 3a')
  await submit()
  expect(lot.sent('device.sendFrame')[0]?.args).toMatchObject({
    laneId: 'exit',
    code: 'C2',
    fields: { obuId: '0200123A' },
    by: '装机员',
  })
})

describe('says so', () => {
  it('where no lane has such a device', async () => {
    lot.console.logs = []
    await open()
    expect(document.body.innerText).toContain(wordOf('frames.none'))
  })
  it('while nothing was heard', async () => {
    lot.console.rows = []
    await open()
    expect(document.body.innerText).toContain(wordOf('frames.quiet'))
  })
  it('when the runtime refuses, and tries again', async () => {
    lot.refuses('device.frames', 'WIRE-04')
    await open()
    expect(document.body.innerText).toContain('WIRE-04')
    lot.replies.clear()
    await pass(300)
    expect(document.body.innerText).not.toContain('WIRE-04')
  })
})

describe('rows', () => {
  it('carry the time since the row shown before them, not since a hidden one', () => {
    const rows = new ScriptedLot().console.rows
    const out = shownRows(rows, { ...openFilter, types: 'C1' }).filter(
      ({ direction }) => direction === 'out',
    )
    const [first, second] = out
    expect(second?.deltaMs).toBeCloseTo((second?.monoMs ?? 0) - (first?.monoMs ?? 0))
    expect(shownRows(rows, openFilter)[0]?.deltaMs).toBeNull()
  })

  it.each([
    [null, ''],
    [0.42, '+0.4 ms'],
    [999.9, '+999.9 ms'],
    [1_250, '+1.25 s'],
  ])('%s ms since is %j', (ms, text) => {
    expect(deltaText(ms)).toBe(text)
  })
})

describe('the other devices of a lane', () => {
  const rowsShown = (): string[] => all(named('frame')).map((row) => row.innerText)
  const pickDevice = async (label: string): Promise<void> => {
    const buttons = [...one(named('frame-devices')).querySelectorAll('button')]
    buttons.find((button) => button.innerText.includes(label))?.click()
    await pass(300)
  }
  beforeEach(() => lot.console.withBoards())

  it('are chosen by name; a barrier shows pulses and what its inputs mean', async () => {
    await open()
    expect(textOf('frame-devices')).toMatch(/天线.*道闸.*显示屏.*线圈和雷达.*摄像机/s)
    await pickDevice('道闸')
    expect(lot.sent('device.frames').at(-1)?.args).toMatchObject({
      laneId: 'exit',
      device: 'barrier',
    })
    const text = rowsShown().join('\n')
    for (const word of ['写继电器', '输出 开闸', '脉冲（ms） 500', '有变化 防砸地感 通'])
      expect(text).toContain(word)
    await click(one(named('pcapng')))
    expect(lot.sent('device.saveFrames').at(-1)?.args).toMatchObject({ device: 'barrier' })
  })

  it('hide polls without news until they are asked for, and say how many there are', async () => {
    await open()
    await pickDevice('道闸')
    const few = rowsShown().length
    expect(rowsShown().join()).not.toContain('读输入')
    expect(textOf('facts')).toContain(`显示 ${few} / `)
    await click(one('input[name="routine"]'))
    expect(rowsShown().length).toBeGreaterThan(few)
    expect(rowsShown().join()).toContain('读输入')
  })

  it('are never sent a frame by hand, and the page says why', async () => {
    await open()
    expect(all(named('not-sent'))).toEqual([])
    for (const [label, why] of [
      ['道闸', '会动杆'],
      ['显示屏', '只看不发'],
      ['摄像机', '密码应答不保留'],
      ['线圈和雷达', '只有轮询'],
    ] as const) {
      await pickDevice(label)
      expect(all(named('send'))).toEqual([])
      expect(textOf('not-sent')).toContain(why)
    }
    expect(rowsShown().join()).toContain('雷达 2 通')
  })

  it('say in words what a camera said, and how much of a picture is not kept', async () => {
    await open()
    await pickDevice('摄像机')
    const text = rowsShown().join('\n')
    for (const word of ['PLATE 车牌', '车牌 测A12345', '置信度 0.93', '另有 1999 字节未保留'])
      expect(text).toContain(word)
    expect(text).not.toContain('心跳')
    await click(one('input[name="routine"]'))
    expect(rowsShown().join('\n')).toContain('BEAT 心跳')
    await click(all(named('frame')).at(-1))
    expect(textOf('frame-full')).toMatch(/另有 1999 字节未保留.*颜色.*蓝/s)
  })
})
