// One device on a scripted link: reopening with back-off, dropping, timers, and the order in which a driver's effects and
// the commands they cause are carried out.
import { systemText } from '#base/pure/words/notes.ts'
import { describe, expect, it } from 'vitest'
import { DeviceHost } from '#devices/hosts/device-host.ts'
import type { Driver, DriverEvent, LinkEffect } from '#devices/pure/driver.ts'
import type { ByteLinkHandlers, LinkOpener } from '#devices/ports/byte-link.ts'
import { shortReopenMs } from '#devices/pure/barrier/modbus-relay/silence.ts'
import { HandClock } from '../../runtime/control/control-kit.ts'

type Effect = LinkEffect<string> | { readonly do: 'note'; readonly text: string }

/** Records every event, and returns the effects that the command contains. */
const driver: Driver<readonly string[], DriverEvent<readonly Effect[]>, Effect> = {
  initial: () => [],
  step: (state, event) => {
    const word = event.type === 'timer' ? `timer ${event.name}` : event.type
    const next = [...state, word]
    if (event.type === 'command') return { state: next, effects: event.command }
    if (event.type === 'bytes')
      return {
        state: next,
        effects: [
          { do: 'emit', event: 'heard' },
          { do: 'timer', name: 'answer', afterMs: 100 },
          { do: 'note', text: `after ${word}` },
        ],
      }
    return { state: next, effects: [{ do: 'note', text: word }] }
  },
}

class Rig {
  readonly clock = new HandClock()
  readonly links: { handlers: ByteLinkHandlers; sent: number[]; closed: boolean }[] = []
  readonly notes: string[] = []
  readonly emitted: string[] = []
  onEmit: () => void = () => undefined
  readonly opener: LinkOpener = {
    open: (_url, handlers) => {
      const link = { handlers, sent: [] as number[], closed: false }
      this.links.push(link)
      return {
        send: (bytes) => void link.sent.push(...bytes),
        close: () => void (link.closed = true),
        bytesIn: 0,
        bytesOut: 0,
      }
    },
  }
  readonly host: DeviceHost<readonly string[], readonly Effect[], string, Effect>

  constructor(firstReopenMs: readonly number[] = []) {
    this.host = new DeviceHost({
      url: 'tcp://127.0.0.1:1',
      opener: this.opener,
      mono: this.clock,
      business: { nowMs: () => 42 },
      driver,
      emit: (event) => {
        this.emitted.push(event)
        this.onEmit()
      },
      other: (effect) => void this.notes.push(effect.text),
      linkChanged: (up, reason) => void this.notes.push(up ? 'up' : `down ${reason}`),
      firstReopenMs,
    })
  }

  get last() {
    const link = this.links.at(-1)
    if (link === undefined) throw new Error('no link was opened')
    return link
  }
}

describe('the link', () => {
  it('is opened again after 0.2 to 30 s, and at 0.2 again once the device was heard', () => {
    const rig = new Rig()
    rig.host.open()
    const waits = [200, 500, 1000, 2000, 5000, 10_000, 30_000, 30_000]
    for (const [i, ms] of waits.entries()) {
      rig.last.handlers.down(systemText('refused'))
      rig.clock.advance(ms - 1)
      expect(rig.links).toHaveLength(i + 1)
      rig.clock.advance(1)
      expect(rig.links).toHaveLength(i + 2)
    }
    // A device that only accepts and closes does not count as back.
    rig.last.handlers.up()
    rig.last.handlers.down('closed')
    rig.clock.advance(29_999)
    expect(rig.links).toHaveLength(waits.length + 1)
    rig.clock.advance(1)
    rig.last.handlers.up()
    rig.last.handlers.bytes(Uint8Array.of(1))
    rig.last.handlers.down(systemText('cut'))
    rig.clock.advance(200)
    expect(rig.links).toHaveLength(waits.length + 3)
  })
  it('of a relay board is opened every 200 ms for 1.8 s, the time in which a due close may still be given', () => {
    const rig = new Rig(shortReopenMs)
    rig.host.open()
    for (let i = 0; i < 9; i++) {
      rig.last.handlers.down(systemText('refused'))
      rig.clock.advance(200)
    }
    expect(rig.links).toHaveLength(10)
    for (const [i, ms] of [200, 500, 1000, 2000].entries()) {
      rig.last.handlers.down(systemText('refused'))
      rig.clock.advance(ms - 1)
      expect(rig.links).toHaveLength(10 + i)
      rig.clock.advance(1)
    }
  })
  it('is opened at once and often while somebody waits for it', () => {
    const rig = new Rig()
    rig.host.open()
    for (let i = 0; i < 12; i++) {
      rig.last.handlers.down(systemText('refused'))
      rig.clock.advance(30_000)
    }
    rig.last.handlers.down(systemText('refused'))
    const before = rig.links.length
    rig.host.hurry(true)
    rig.clock.advance(1)
    expect(rig.links).toHaveLength(before + 1)
    rig.last.handlers.down(systemText('refused'))
    rig.clock.advance(500)
    expect(rig.links).toHaveLength(before + 2)
    rig.host.hurry(false)
    rig.last.handlers.down(systemText('refused'))
    rig.clock.advance(29_999)
    expect(rig.links).toHaveLength(before + 2)
  })
  it('says nothing any more once it was replaced', () => {
    const rig = new Rig()
    rig.host.open()
    const old = rig.last
    old.handlers.down(systemText('cut'))
    rig.clock.advance(200)
    rig.last.handlers.up()
    rig.notes.length = 0
    old.handlers.up()
    old.handlers.bytes(Uint8Array.of(1))
    old.handlers.down(systemText('again'))
    expect([rig.notes, rig.emitted, rig.host.bytesIn]).toEqual([[], [], 0])
  })
  it('gets bytes after the rest they need, and none that were meant for an earlier one', () => {
    const rig = new Rig()
    rig.host.open()
    rig.last.handlers.up()
    const first = rig.last
    rig.host.command([
      { do: 'send', bytes: Uint8Array.of(1), afterMs: 5 },
      { do: 'send', bytes: Uint8Array.of(2) },
    ])
    rig.clock.advance(4)
    expect([first.sent, rig.host.bytesOut]).toEqual([[2], 1])
    rig.clock.advance(1)
    expect([first.sent, rig.host.bytesOut]).toEqual([[2, 1], 2])
    rig.host.command([{ do: 'send', bytes: Uint8Array.of(3), afterMs: 5 }])
    first.handlers.down(systemText('cut'))
    rig.clock.advance(300)
    rig.last.handlers.up()
    rig.clock.advance(300)
    expect([first.sent, rig.last.sent]).toEqual([[2, 1], []])
  })
  it('is dropped when the driver says so, and opened again', () => {
    const rig = new Rig()
    rig.host.open()
    rig.last.handlers.up()
    const dropped = rig.last
    rig.host.command([{ do: 'dropLink', reason: 'silent' }])
    expect([dropped.closed, rig.notes.slice(-2)]).toEqual([true, ['down silent', 'linkDown']])
    dropped.handlers.down(systemText('late'))
    expect(rig.notes).toHaveLength(4)
    rig.clock.advance(200)
    expect(rig.links).toHaveLength(2)
  })
  it('stays closed once it was closed, with all its timers', () => {
    const rig = new Rig()
    rig.host.open()
    rig.last.handlers.up()
    rig.host.command([{ do: 'timer', name: 'poll', afterMs: 10 }])
    rig.last.handlers.down(systemText('cut'))
    rig.host.close()
    rig.notes.length = 0
    rig.clock.advance(60_000)
    rig.host.open()
    expect([rig.links.length, rig.notes]).toEqual([1, []])
  })
})

describe('the driver', () => {
  it('has its bytes sent and counted, and dropped while there is no link', () => {
    const rig = new Rig()
    rig.host.command([{ do: 'send', bytes: Uint8Array.of(1, 2) }])
    rig.host.open()
    rig.last.handlers.up()
    rig.host.command([{ do: 'send', bytes: Uint8Array.of(3) }])
    rig.last.handlers.bytes(Uint8Array.of(9, 9))
    expect([rig.last.sent, rig.host.bytesIn, rig.host.lastReceivedMs]).toEqual([[3], 2, 0])
  })
  it('has one timer of a name: set again it is replaced, null cancels it', () => {
    const rig = new Rig()
    rig.host.command([
      { do: 'timer', name: 'a', afterMs: 10 },
      { do: 'timer', name: 'a', afterMs: 20 },
      { do: 'timer', name: 'b', afterMs: 5 },
      { do: 'timer', name: 'b', afterMs: null },
    ])
    rig.clock.advance(19)
    expect(rig.notes).toEqual([])
    rig.clock.advance(100)
    expect(rig.notes).toEqual(['timer a'])
  })
  it('is done with an event before the command that this event caused', () => {
    const rig = new Rig()
    rig.onEmit = () => rig.host.command([{ do: 'timer', name: 'answer', afterMs: null }])
    rig.host.open()
    rig.last.handlers.up()
    rig.notes.length = 0
    rig.last.handlers.bytes(Uint8Array.of(1))
    rig.clock.advance(1000)
    // The command is carried out after the event's own effects, so the timer stays cancelled.
    expect(rig.notes).toEqual(['after bytes'])
  })
  it('goes on after a failure of its listener', () => {
    const rig = new Rig()
    rig.host.open()
    rig.onEmit = () => {
      throw new Error('listener')
    }
    expect(() => rig.last.handlers.bytes(Uint8Array.of(1))).toThrow('listener')
    rig.onEmit = () => undefined
    rig.last.handlers.bytes(Uint8Array.of(1))
    expect(rig.notes).toEqual(['after bytes'])
  })
})
