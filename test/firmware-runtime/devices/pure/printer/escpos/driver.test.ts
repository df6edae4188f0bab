// The driver of a receipt printer, step by step: it queries the status before it prints, reports success only when the
// printer confirms, and gives a reason for every failure. Late, foreign and unsolicited bytes are no answer.
import { describe, expect, it } from 'vitest'
import type { PaperLine, PrinterCommand } from '#base/pure/data/paper.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import { standardPrinter, type EscposConfig } from '#devices/pure/printer/escpos/config.ts'
import { printerDriver, type PrinterEffect } from '#devices/pure/printer/escpos/driver.ts'
import type { LinkEvent } from '#devices/pure/driver.ts'

const lines: PaperLine[] = [{ kind: 'rule' }]
const print = (jobId: number): LinkEvent<PrinterCommand> => ({
  type: 'command',
  command: { do: 'print', jobId, lines },
})
const bytes = (...said: number[]): LinkEvent<PrinterCommand> => ({
  type: 'bytes',
  bytes: Uint8Array.from(said),
})
const timer = (name: string): LinkEvent<PrinterCommand> => ({ type: 'timer', name })
const linkUp: LinkEvent<PrinterCommand> = { type: 'linkUp' }

class Driven {
  private readonly driver
  state
  constructor(asks: EscposConfig['asks'] = 'always') {
    this.driver = printerDriver({ ...standardPrinter, asks })
    this.state = this.driver.initial()
  }

  take(...events: LinkEvent<PrinterCommand>[]): string[] {
    return events.flatMap((event) => {
      const step = this.driver.step(this.state, { ...event, atMs: 0, businessNowMs: 0 })
      this.state = step.state
      return step.effects.map(said)
    })
  }

  /** Only its events, without bytes sent and timers. */
  told(...events: LinkEvent<PrinterCommand>[]): string[] {
    return this.take(...events).filter((text) => !/^(send|timer)/.test(text))
  }
}

function said(effect: PrinterEffect): string {
  if (effect.do === 'send') return `send ${hexOf(effect.bytes)}`
  if (effect.do === 'timer') return `timer ${effect.name} ${effect.afterMs}`
  if (effect.do === 'dropLink') return `drop ${effect.reason}`
  const { event } = effect
  if (event.type === 'printed') return `printed ${event.jobId}`
  if (event.type === 'printerState') return `state ${event.trouble} ${event.isNearEnd}`
  return `notPrinted ${event.jobId} ${event.why} ${event.isSent}`
}

const paper = '1B401C26' + '2D'.repeat(48) + '0A0A0A0A1D564200'
const ready = bytes(0x12, 0x12, 0x12)

it('asks for the three states when its link is up, and tells them once', () => {
  const one = new Driven()
  expect(one.take(linkUp)).toEqual(['send 1D6100', 'send 100401', 'timer answer 3000'])
  expect(one.take(bytes(0x16))).toEqual(['timer answer null', 'send 100402', 'timer answer 3000'])
  expect(one.told(bytes(0x12))).toEqual([])
  expect(one.take(bytes(0x12))).toEqual([
    'timer answer null',
    'state null false',
    'timer care 5000',
  ])
  expect(one.take(timer('care'))[0]).toBe('send 100401')
  expect(one.told(ready)).toEqual([])
  expect(one.told(timer('care'), bytes(0x12, 0x12, 0x1e))).toEqual(['state null true'])
})

it('prints behind a look, and says so when the printer has answered in its turn', () => {
  const one = new Driven()
  one.take(linkUp, ready)
  expect(one.take(print(7))[0]).toBe('send 100401')
  expect(one.take(ready)).toContain(`send ${paper}1D7201`)
  expect(one.told(timer('care'), ready)).toEqual([])
  expect(one.told(bytes(0x00))).toEqual(['printed 7'])
  expect(one.told(bytes(0x00))).toEqual([])
  expect(one.state.counters).toEqual({ printed: 1, strangers: 1 })
})

describe('does not print, and says why', () => {
  it.each([
    ['the cover', [0x1a, 0x16, 0x12], 'coverOpen'],
    ['the paper', [0x1a, 0x32, 0x7e], 'paperOut'],
    ['paper that its own bits alone tell', [0x12, 0x12, 0x72], 'paperOut'],
    ['an error', [0x1a, 0x52, 0x12], 'error'],
    ['offline and nothing else', [0x1a, 0x12, 0x12], 'offline'],
  ] as const)('%s', (_what, status, why) => {
    const one = new Driven()
    one.take(linkUp, ready)
    const effects = one.take(print(1), bytes(...status))
    expect(effects).toContain(`state ${why} false`)
    expect(effects).toContain(`notPrinted 1 ${why} false`)
    expect(effects.some((text) => text.includes(paper))).toBe(false)
    expect(one.told(print(2), ready)).toEqual(['state null false'])
    expect(one.told(bytes(0x00))).toEqual(['printed 2'])
  })

  it('a link that is not there', () => {
    const one = new Driven()
    expect(one.told(print(1))).toEqual(['notPrinted 1 silent false'])
    one.take(linkUp, print(2))
    expect(one.told({ type: 'linkDown', reason: 'closed' })).toEqual([
      'notPrinted 2 silent false',
      'state silent false',
    ])
    expect(one.told({ type: 'linkDown', reason: 'closed' })).toEqual([])
  })

  it('a printer that is silent before it prints: its link is opened anew', () => {
    const one = new Driven()
    one.take(linkUp, ready, print(3))
    expect(one.told(timer('answer'))).toEqual([
      'notPrinted 3 silent false',
      'state silent false',
      'drop printerSilent',
    ])
  })

  it('paper that ends while it prints', () => {
    const one = new Driven()
    one.take(linkUp, ready, print(4), ready, timer('care'))
    expect(one.told(bytes(0x1a, 0x32, 0x7e))).toEqual([
      'state paperOut false',
      'notPrinted 4 paperOut true',
    ])
  })

  it('a link that is lost, and a printer that never says what it did: nobody knows', () => {
    const one = new Driven()
    one.take(linkUp, ready, print(5), ready)
    expect(one.told({ type: 'linkDown', reason: 'closed' })[0]).toBe('notPrinted 5 unanswered true')
    one.take(linkUp, ready, print(6), ready)
    expect(one.told(timer('print'))).toEqual(['notPrinted 6 unanswered true'])
  })
})

it('status unasked, flow control and answers to nothing are no answers', () => {
  const one = new Driven()
  one.take(linkUp, ready, print(8), ready)
  expect(one.told(bytes(0x10, 0x00, 0x00, 0x00), bytes(0x11, 0x13, 0x12))).toEqual([])
  expect(one.state.job?.phase).toBe('sent')
  expect(one.told(bytes(0x10, 0x00), bytes(0x00, 0x00, 0x0f))).toEqual(['printed 8'])
})

it('a receipt asked for during a look goes out behind a look of its own', () => {
  const one = new Driven()
  one.take(linkUp, bytes(0x12))
  expect(one.take(print(9))).toEqual([])
  const behind = one.take(bytes(0x12, 0x12))
  expect(behind.slice(-2)).toEqual(['send 100401', 'timer answer 3000'])
  expect(behind).not.toContain(`send ${paper}1D7201`)
  expect(one.take(ready)).toContain(`send ${paper}1D7201`)
})

it('paper that ended behind the question of a look under way is not printed on', () => {
  const one = new Driven()
  one.take(linkUp, ready, timer('care'), bytes(0x12, 0x12), print(9), bytes(0x12))
  expect(one.told(bytes(0x12, 0x12, 0x7e))).toContain('notPrinted 9 paperOut false')
})

it.each([
  ['pin2', '1B700032FA'],
  ['pin5', '1B700132FA'],
] as const)(
  'opens the drawer at %s, also while a receipt is printed; nothing is answered',
  (pin, hex) => {
    const one = new Driven()
    const open: LinkEvent<PrinterCommand> = { type: 'command', command: { do: 'openDrawer', pin } }
    expect(one.take(open)).toEqual([])
    one.take(linkUp, ready)
    expect(one.take(open)).toEqual([`send ${hex}`])
    one.take(print(1), ready)
    expect(one.take(open)).toEqual([`send ${hex}`])
    expect(one.told(bytes(0x00))).toEqual(['printed 1'])
  },
)

describe('a printer that may not answer', () => {
  const mute = (): Driven => {
    const one = new Driven('maybe')
    one.take(linkUp)
    expect(one.take(timer('answer'))).toEqual(['state notKnown false', 'timer care 5000'])
    return one
  }

  it('is not known, prints all the same, and is never said to have printed', () => {
    const one = mute()
    expect(one.take(print(1))[0]).toBe(`send ${paper}1D7201`)
    expect(one.told(timer('print'))).toEqual(['notPrinted 1 unanswered true'])
    one.take(timer('care'), print(2))
    expect(one.told(timer('answer'), timer('print'))).toEqual(['notPrinted 2 unanswered true'])
  })

  it('a receipt asked for before that was known goes out then', () => {
    const one = new Driven('maybe')
    one.take(linkUp, print(1))
    expect(one.take(timer('answer'))).toContain(`send ${paper}1D7201`)
  })

  it('one that answers after all is asked anew, and a printer that spoke once is silent as any other', () => {
    const one = mute()
    expect(one.told(bytes(0x12))).toEqual(['state silent false', 'drop printerAnswers'])
    one.take({ type: 'linkDown', reason: 'closed' }, linkUp, ready)
    expect(one.told(timer('care'), timer('answer'))).toEqual([
      'state silent false',
      'drop printerSilent',
    ])
  })

  it('says that it printed where it does, and is asked anew then', () => {
    const one = mute()
    expect(one.told(print(1), bytes(0x00))[0]).toBe('printed 1')
  })

  it('a queue is not asked at all', () => {
    const one = new Driven('never')
    expect(one.take(linkUp)).toEqual(['state notKnown false'])
    expect(one.take(print(1))).toEqual([`send ${paper}1D7201`, 'timer print 20000'])
  })
})
