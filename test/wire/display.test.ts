// Displays as separate processes, on a pty and on TCP: the display shows the lane's words exactly,
// the desk sees what was acknowledged, and a display that dies delays no car.
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { systemMonoClock, systemWallClock } from '#base/time/system-clocks.ts'
import { linkOpener } from '#devices/links/link-opener.ts'
import { displayDevice } from '#devices/desk/lane/devices.ts'
import type { DisplayHandle } from '#devices/desk/lane/device-handles.ts'
import { spawnLauncher, startSimProcess, type SimProcess } from '#harness/lot/sim-process.ts'
import type { LaneLinks } from '#base/pure/lot/config.ts'
import { LiveLot } from './kit/live-lot.ts'
import { program } from './kit/program.ts'
import { present } from '#base/pure/values/must.ts'
import { eventually } from '../kit/eventually.ts'
import { folderOfFile } from '../kit/own-folder.ts'
import { bareExit } from '../kit/bare-lot.ts'
import { closedAtEnd } from './kit/ended.ts'

interface BoardState {
  readonly lines: readonly string[]
  readonly spoken: string | null
  readonly relays: number
  readonly boots: number
}

const folder = folderOfFile('etc-display-')
const open = closedAtEnd()

const links = process.platform === 'linux' ? (['pty', 'tcp'] as const) : (['tcp'] as const)
const until = (what: string, ok: () => boolean) => eventually(ok, (is) => is, { what })

const start = (listen: string, ...more: string[]): Promise<SimProcess> =>
  startSimProcess(
    'display-sim',
    ['--listen', listen, '--admin', 'http://127.0.0.1:0', ...more],
    spawnLauncher(program),
  )

const lane = (display: string): LaneLinks => ({ ...bareExit, display })

function driven(url: string): DisplayHandle {
  const display = displayDevice(
    lane(url),
    {
      opener: linkOpener(),
      mono: systemMonoClock(),
      business: systemWallClock(),
      timing: 'standard',
    },
    () => undefined,
  )
  open.push(() => display.close())
  display.open()
  return display
}

const show = (display: DisplayHandle, phrases: readonly string[], speech = ''): void =>
  display.command({ do: 'show', page: { phrases, tone: 'go', speech } })

describe.each(links)('a board on %s', (kind) => {
  const listen = kind === 'pty' ? `pty:${join(folder, 'board')}` : 'tcp://127.0.0.1:0'

  it.each(['lines', 'page'])('shows and says what it is told, %s', async (frames) => {
    const board = await start(listen)
    open.push(() => board.kill())
    const display = driven(`${board.endpoints.link ?? ''}?frames=${frames}`)
    const words = ['测A12345', '停2时13分', '12元', '一路顺风']
    show(display, words, '测A12345,收费12元')
    await until('shown', () => display.view.state === 'shown')
    const state = await board.admin<BoardState>('GET', '/state')
    expect(state).toMatchObject({ lines: words, spoken: '测A12345,收费12元', relays: 0 })
    expect(display.view).toEqual({ state: 'shown', lines: words, spoken: '测A12345,收费12元' })
    display.close()
    await board.kill()
  })

  it('is silent by name when it is killed, and shows the last words when it is back', async () => {
    const storeFile = join(folder, `${kind}.jsonl`)
    let board = await start(listen, '--books', storeFile)
    const link = board.endpoints.link ?? ''
    const display = driven(link)
    show(display, ['请通行'])
    await until('shown', () => display.view.state === 'shown')
    await board.kill('SIGKILL')
    await until('silent', () => display.view.state === 'silent')
    expect(display.status.up).toBe(false)
    show(display, ['免费停车'])
    expect(display.view.state).toBe('silent')
    board = await start(link.replace(/^serial:/, 'pty:'), '--books', storeFile)
    open.push(() => board.kill())
    await until('shown again', () => display.view.state === 'shown')
    const { lines } = await board.admin<BoardState>('GET', '/state')
    expect(lines).toEqual(['免费停车', '', '', ''])
    const { rows } = await board.admin<{ rows: { text?: string }[] }>('GET', '/books')
    expect(rows.map((row) => row.text)).toEqual(['请通行', '免费停车'])
    display.close()
    await board.kill()
  })

  it('keeps its words through noise, lost replies, a plug that is pulled', async () => {
    const board = await start(listen)
    open.push(() => board.kill())
    const display = driven(board.endpoints.link ?? '')
    await until('up', () => display.status.up)
    await board.admin('POST', '/faults', [
      { at: '62', when: 'after', do: 'flip', bits: 2 },
      { at: '62', when: 'after', do: 'drop', skip: 2 },
      { at: '62', when: 'after', do: 'cut', skip: 3 },
      { at: '62', when: 'after', do: 'duplicate', skip: 1 },
    ])
    show(display, ['一', '二', '三', '四'])
    await until('shown', () => display.view.state === 'shown')
    expect((await board.admin<BoardState>('GET', '/state')).lines).toEqual(['一', '二', '三', '四'])
    await board.admin('POST', '/act', { do: 'unplug', ms: 600_000 })
    await until('silent', () => display.view.state === 'silent')
    await board.admin('POST', '/act', { do: 'unplug', ms: 1 })
    await until('back', () => display.view.state === 'shown')
    display.close()
    await board.kill()
  })
})

describe('a lot with displays', () => {
  it('puts plate, stay and amount of a car on the board over it, then wipes it', async () => {
    const lot = new LiveLot('online')
    open.push(() => lot.close())
    await lot.open()
    const board = present(lot.harness.sims('exit').display, 'the exit has a display')
    const display = lot.site.displays.get('exit')
    const booked = async () => {
      const { rows } = await board.admin<{ rows: { text?: string; said?: string }[] }>(
        'GET',
        '/books',
      )
      return rows
    }
    const car = lot.inside()
    await lot.antenna(car)
    await lot.loops(true, false)
    await lot.plate(car)
    // A driver listens before driving on; what was not said by then is not said to the next one.
    await eventually(async () => (await booked()).some(({ said }) => said !== undefined)).toBe(true)
    expect(await lot.drivesOut(car)).toBe('etc')
    await until('wiped', () => display?.view.state === 'shown' && display.view.lines[0] === '')
    const rows = await booked()
    const texts = rows.flatMap(({ text }) => (text === undefined || text === '' ? [] : [text]))
    const paid = texts.findIndex((text) => text.startsWith('测'))
    expect(texts.slice(paid, paid + 4)).toEqual([
      expect.stringMatching(/^测\w{6,7}$/),
      '停2时0分',
      expect.stringMatching(/^\d+元$/),
      '一路顺风',
    ])
    const said = rows.flatMap((row) => row.said ?? [])
    expect(said).toContainEqual(
      expect.stringMatching(/^测\w{6,7},停车2小时0分钟,收费\d+元,一路顺风$/),
    )
    await lot.drains()
    expect(await lot.judge()).toEqual({ violations: [], unequalFen: 0 })
  })

  it('a display that dies with a car in the lane delays nobody, and says nothing untrue', async () => {
    const lot = new LiveLot('card')
    open.push(() => lot.close())
    await lot.open()
    const display = lot.site.displays.get('exit')
    const lifts: { event: string; effects: string[] }[] = []
    lot.site.runtime.turnRecords.listeners.add((_, { event, effects }) => {
      const lifted = effects.some((one) => one.do === 'barrier' && one.command.do === 'open')
      if (lifted) lifts.push({ event: event.type, effects: effects.map((one) => one.do) })
    })
    expect(await lot.passes()).toBe('etc')
    await lot.harness.killSim('display')
    expect(await lot.passes()).toBe('etc')
    expect(display?.view).toEqual({ state: 'silent', lines: [], spoken: '' })
    // The same turn writes to the display and raises the boom, so no answer of the display can lie between them.
    const [living, dead] = lifts
    expect(living?.effects).toContain('show')
    expect(dead).toEqual(living)
    expect(lifts).toHaveLength(2)
    await lot.harness.reviveSim('display')
    await until('back', () => display?.view.state === 'shown')
    expect(await lot.passes()).toBe('etc')
    await lot.drains()
    expect(await lot.judge()).toEqual({ violations: [], unequalFen: 0 })
  })
})
