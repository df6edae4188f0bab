// A display behind a camera: its real frames travel as messages of the camera, and its replies come back.
// A stand-in replaces the camera's connection; the board is the simulator's model.
import type { DownText } from '#base/pure/words/notes.ts'
import { describe, expect, it } from 'vitest'
import { openPassthroughLink } from '#devices/links/passthrough-link.ts'
import {
  bytesMessage,
  bytesOfMessage,
  openMessage,
  vzPassthrough,
} from '#devices/hosts/vz-passthrough.ts'
import { displayDevice } from '#devices/desk/lane/devices.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import { present } from '#base/pure/values/must.ts'
import type { CameraMessages } from '#devices/ports/serial-passthrough.ts'
import { createDisplayModel } from '#simulators/display/model.ts'
import type { DisplayOutput } from '#simulators/display/model.ts'
import { HandClock, startMs, testLot } from '../../runtime/control/control-kit.ts'

/** The connection of a camera: messages go both ways, and it can be lost. */
class Camera implements CameraMessages {
  readonly sent: Readonly<Record<string, unknown>>[] = []
  private readonly takers = new Set<(message: unknown) => void>()
  private readonly watchers = new Set<(up: boolean, reason: DownText | '') => void>()
  up = true
  /** The camera's reply to a sent message. */
  answer: (message: Readonly<Record<string, unknown>>) => void = () => undefined

  send(message: Readonly<Record<string, unknown>>): void {
    // On the link a message is text.
    const text = JSON.parse(JSON.stringify(message)) as Readonly<Record<string, unknown>>
    this.sent.push(text)
    this.answer(text)
  }
  onMessage(take: (message: unknown) => void): () => void {
    this.takers.add(take)
    return () => this.takers.delete(take)
  }
  onChange(take: (up: boolean, reason: DownText | '') => void): () => void {
    this.watchers.add(take)
    take(this.up, this.up ? '' : 'connectionClosed')
    return () => this.watchers.delete(take)
  }
  says(message: unknown): void {
    for (const take of this.takers) take(message)
  }
  goes(up: boolean): void {
    this.up = up
    for (const watch of [...this.watchers]) watch(up, up ? '' : 'connectionClosed')
  }
  get listeners(): number {
    return this.takers.size + this.watchers.size
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('messages', () => {
  it('open a port and carry bytes as Base64 with their own count', () => {
    expect(openMessage('rs485-2')).toEqual({
      cmd: 'ttransmission',
      subcmd: 'init',
      data: 'rs485-2',
      datalen: 7,
    })
    expect(bytesMessage('rs485-1', Uint8Array.of(0x00, 0x64, 0xff, 0xff))).toEqual({
      cmd: 'ttransmission',
      subcmd: 'send',
      comm: 'rs485-1',
      data: 'AGT//w==',
      datalen: 4,
    })
  })
  it.each([
    ['with its port', { cmd: 'ttransmission', comm: 'rs485-1', data: 'AGT//w==', datalen: 4 }],
    ['with its number', { cmd: 'ttransmission', comm: 0, data: 'AGT//w==' }],
    ['with no port', { cmd: 'ttransmission', subcmd: 'recv', data: 'AGT//w==', datalen: 4 }],
  ])('bytes %s are bytes', (_, message) => {
    expect(hexOf(bytesOfMessage(message, 'rs485-1') ?? new Uint8Array(0))).toBe('0064FFFF')
  })
  it.each([
    ['of the other port', { cmd: 'ttransmission', comm: 'rs485-2', data: 'AGT//w==' }],
    ['the reply to init', { cmd: 'ttransmission', subcmd: 'init', data: 'rs485-1' }],
    ['the reply to send', { cmd: 'ttransmission', subcmd: 'send', response: 'ok' }],
    ['a wrong count', { cmd: 'ttransmission', data: 'AGT//w==', datalen: 5 }],
    ['no Base64', { cmd: 'ttransmission', data: '%%%%' }],
    ['no bytes', { cmd: 'ttransmission', data: '' }],
    ['a plate', { cmd: 'ivs_result', data: 'AGT//w==' }],
    ['a number', 7],
    ['nothing', null],
  ])('%s are none', (_, message) => {
    expect(bytesOfMessage(message, 'rs485-1')).toBeNull()
  })
})

describe('a link through a camera', () => {
  const events: string[] = []
  const handlers = {
    up: () => void events.push('up'),
    bytes: (bytes: Uint8Array) => void events.push(hexOf(bytes)),
    down: (reason: string) => void events.push(`down ${reason}`),
  }
  it('is up with the camera, opens its port, and ends with it once', async () => {
    events.length = 0
    const camera = new Camera()
    const link = openPassthroughLink(vzPassthrough(camera, 'rs485-1'), handlers)
    link.send(Uint8Array.of(1))
    await turn()
    expect(camera.sent, 'nothing before it is up').toEqual([openMessage('rs485-1')])
    link.send(Uint8Array.of(2))
    camera.says(bytesMessage('rs485-1', Uint8Array.of(3, 4)))
    camera.goes(false)
    camera.goes(false)
    camera.says(bytesMessage('rs485-1', Uint8Array.of(5)))
    link.send(Uint8Array.of(6))
    expect(events).toEqual(['up', '0304', 'down connectionClosed'])
    expect([link.bytesIn, link.bytesOut]).toEqual([2, 1])
    expect(camera.listeners).toBe(0)
  })
  it('does not come up without the camera, or where it passes no bytes on', async () => {
    events.length = 0
    const camera = new Camera()
    camera.up = false
    openPassthroughLink(vzPassthrough(camera, 'rs485-1'), handlers)
    openPassthroughLink(null, handlers)
    await turn()
    expect(events).toEqual(['down connectionClosed', `down passesNoBytes`])
    expect(camera.listeners).toBe(0)
  })
  it('closed by the lane it lets go of the camera', async () => {
    events.length = 0
    const camera = new Camera()
    const link = openPassthroughLink(vzPassthrough(camera, 'rs485-2'), handlers)
    await turn()
    link.close()
    await turn()
    expect(events).toEqual(['up', 'down closedHere'])
    expect(camera.listeners).toBe(0)
  })
})

it('a board behind a camera shows what the lane says, speaks it, and has a page to pay by', async () => {
  const clock = new HandClock()
  const board = createDisplayModel({ timing: 'standard', seed: 1 })
  const camera = new Camera()
  const put = (outputs: readonly DisplayOutput[]): void => {
    for (const output of outputs)
      if (output.do === 'send') camera.says(bytesMessage('rs485-2', output.bytes))
    const dueUs = board.nextDueUs()
    if (dueUs !== null)
      clock.after((dueUs - clock.nowUs()) / 1000, () => put(board.advance(clock.nowUs())))
  }
  camera.answer = (message) => {
    if (message['subcmd'] !== 'send') return
    expect(message['comm']).toBe('rs485-2')
    const bytes = Buffer.from(String(message['data']), 'base64')
    expect(message['datalen']).toBe(bytes.length)
    put(board.onBytes(bytes, clock.nowUs()))
  }
  const exit = present(
    testLot.lanes.find((lane) => lane.id === 'exit'),
    'an exit',
  )
  const display = displayDevice(
    { ...exit, display: 'camera:rs485-2' },
    {
      opener: { open: () => expect.unreachable('no port of this machine is opened') },
      cameraMessages: (laneId) => (laneId === 'exit' ? camera : null),
      mono: clock,
      business: { nowMs: () => startMs },
      timing: 'standard',
    },
    () => undefined,
  )
  display.open()
  display.command({ do: 'show', page: { phrases: ['测A12345', '请通行'], tone: 'go', speech: '' } })
  await turn()
  clock.advance(2_000)
  expect(board.board.lines.map((line) => line.text)).toEqual(['测A12345', '请通行', '', ''])
  expect(display.view).toMatchObject({ state: 'shown', lines: ['测A12345', '请通行', '', ''] })
  camera.goes(false)
  expect(display.view.state).toBe('silent')
  camera.goes(true)
  clock.advance(300)
  await turn()
  clock.advance(2_000)
  expect(display.view.state).toBe('shown')
  const page = { phrases: ['请扫码支付', '12元'], tone: 'stop', speech: '请缴费12元' } as const
  const url = 'https://example.com/pay?order=1'
  display.command({ do: 'showPay', page, url, amountFen: 1200, forMs: 60_000 })
  await turn()
  clock.advance(2_000)
  expect(board.state()['qr']).toEqual({ url, text: '请扫码支付,12元', tenths: 120 })
  expect(board.board.said).toBe('请缴费12元')
  display.command({ do: 'show', page: { phrases: ['请通行'], tone: 'go', speech: '一路顺风' } })
  await turn()
  clock.advance(2_000)
  expect([board.state()['qr'], board.board.lines[0]?.text]).toEqual([null, '请通行'])
  expect(board.board.said).toBe('一路顺风')
  display.close()
})
