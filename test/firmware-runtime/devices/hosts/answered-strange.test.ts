// An answer that came is never "no answer": every driver that asks, on its host, with a device that answers each request by
// something that it does not understand. The reason holds the bytes; a device that is silent stays "no answer".
import { describe, expect, it } from 'vitest'
import { DeviceHost } from '#devices/hosts/device-host.ts'
import { noteWhy, type DownText } from '#base/pure/words/notes.ts'
import { shownBytes } from '#base/pure/data/shown-bytes.ts'
import { standardBarrier } from '#devices/pure/barrier/modbus-relay/config.ts'
import { barrierDriver } from '#devices/pure/barrier/modbus-relay/driver.ts'
import { modbusRtu } from '#devices/pure/barrier/modbus-relay/rtu.ts'
import { modbusTcp } from '#devices/pure/barrier/modbus-relay/transport.ts'
import { standardContact, standardContacts } from '#devices/pure/detector/contacts/config.ts'
import { contactsDriver } from '#devices/pure/detector/contacts/driver.ts'
import { standardDisplay } from '#devices/pure/display/olm/config.ts'
import { displayDriver } from '#devices/pure/display/olm/driver.ts'
import type { Driver, DriverEvent } from '#devices/pure/driver.ts'
import { bytesOfText } from '#devices/pure/instrument/meter.ts'
import { scpiDriver } from '#devices/pure/instrument/scpi/driver.ts'
import { tinysaDriver } from '#devices/pure/instrument/tinysa/driver.ts'
import { downlinkMeter } from '#devices/pure/instrument/meter.ts'
import { standardModem } from '#devices/pure/modem/at/asks.ts'
import { modemDriver } from '#devices/pure/modem/at/driver.ts'
import { startGnss, stepGnss } from '#devices/pure/position/gpsd/driver.ts'
import { standardPrinter } from '#devices/pure/printer/escpos/config.ts'
import { printerDriver } from '#devices/pure/printer/escpos/driver.ts'
import { startNmea, stepNmea } from '#devices/pure/time/nmea/driver.ts'
import type { ByteLinkHandlers } from '#devices/ports/byte-link.ts'
import { scpiMap, tinysaConfig } from '../pure/instrument/meter-bench.ts'
import { HandClock } from '../../runtime/control/control-kit.ts'

type AnyDriver = Driver<unknown, DriverEvent<unknown>, { readonly do: string }>
const of = (driver: unknown): AnyDriver => driver as AnyDriver
const contacts = contactsDriver(
  {
    ...standardContacts,
    unitId: 1,
    contacts: [{ ...standardContact, name: 'a', di: 0, activeHigh: true }],
  },
  modbusTcp,
)
const map = scpiMap('scpi-siglent', downlinkMeter)

const drivers: readonly (readonly [string, AnyDriver])[] = [
  ['relay board, TCP', of(barrierDriver(standardBarrier))],
  ['relay board, RTU', of(barrierDriver(standardBarrier, modbusRtu(5)))],
  ['board of loops', of(contacts)],
  ['display', of(displayDriver(standardDisplay))],
  ['printer', of(printerDriver({ ...standardPrinter, asks: 'always' }))],
  ['modem', of(modemDriver(standardModem))],
  ['analyser', of(scpiDriver({ map, settings: downlinkMeter }))],
  ['tinySA', of(tinysaDriver(tinysaConfig('tinysa')))],
  ['gpsd', of({ initial: startGnss, step: stepGnss })],
  ['NMEA receiver', of({ initial: startNmea, step: stepNmea })],
]

/** Every reason that is told within a minute, with a device that answers each request, or speaks by itself. */
function toldOf(driver: AnyDriver, answer: Uint8Array | null): string[] {
  const clock = new HandClock()
  const told: string[] = []
  const tell = (text: unknown): void => {
    const why = typeof text === 'string' ? noteWhy(text) : text
    told.push(typeof why === 'string' ? why : JSON.stringify(why))
  }
  const host = new DeviceHost<unknown, unknown, { readonly type: string }, { readonly do: string }>(
    {
      url: 'tcp://127.0.0.1:1',
      mono: clock,
      business: { nowMs: () => 1_795_156_200_000 },
      driver,
      opener: {
        open(_url, handlers: ByteLinkHandlers) {
          let isOpen = true
          const say = (): void => {
            if (isOpen && answer !== null) handlers.bytes(answer)
          }
          const speak = (): void => {
            say()
            if (isOpen) clock.after(1_000, speak)
          }
          clock.after(1, () => {
            handlers.up()
            speak()
          })
          return {
            send: () => void clock.after(1, say),
            close: () => void (isOpen = false),
            bytesIn: 0,
            bytesOut: 0,
          }
        },
      },
      emit: (event) => {
        if (/Down$/.test(event.type))
          tell(Reflect.get(event, 'reason') ?? Reflect.get(event, 'fault'))
      },
      other: () => undefined,
      linkChanged: (_up, reason: DownText | '') => {
        if (reason !== '') tell(reason)
      },
    },
  )
  host.open()
  clock.advance(60_000)
  host.close()
  return told
}

const strange: readonly (readonly [string, Uint8Array])[] = [
  ['a line of words', bytesOfText('login:\r\n')],
  ['bytes of a wrong speed', Uint8Array.of(0xf8, 0x00, 0xff, 0x80, 0x1c)],
  ['another protocol', bytesOfText('HTTP/1.1 400 Bad Request\r\n')],
  ['a single byte', Uint8Array.of(0x3f)],
]

/** A printer answers by single bytes: a text holds some that are a status. */
const rowsFor = (name: string): typeof strange =>
  name === 'printer' ? strange.filter(([what]) => / bytes? |bytes /.test(` ${what} `)) : strange

describe.each(drivers)('%s', (name, driver) => {
  it.each(rowsFor(name))('answered by %s: it says so, with the bytes', (_what, answer) => {
    const told = toldOf(driver, answer)
    expect(told.length).toBeGreaterThan(0)
    const last = told.at(-1) ?? ''
    expect(last).toMatch(/not understood/)
    expect(last.replaceAll('\\"', '"')).toContain(
      shownBytes(answer).replaceAll('"', '').slice(0, 2),
    )
    expect(last).not.toMatch(/no answer|does not answer|没有应答/)
  })
  it('silent: it says that nothing came', () => {
    const told = toldOf(driver, null)
    expect(told.join('\n')).not.toMatch(/not understood/)
  })
})

it.each([
  [bytesOfText('OK\r\n'), '"OK"'],
  [bytesOfText('\r\nAT\rERR\r\n'), '"AT | ERR"'],
  [Uint8Array.of(0xaa, 0x0d), 'AA 0D'],
  [bytesOfText('x'.repeat(40)), `"${'x'.repeat(32)}" …`],
  [Uint8Array.of(0x0d, 0x0a), '0D 0A'],
  [new Uint8Array(33), `${'00 '.repeat(31)}00 …`],
] as const)('bytes %o are shown as %s', (bytes, text) => {
  expect(shownBytes(bytes)).toBe(text)
})
