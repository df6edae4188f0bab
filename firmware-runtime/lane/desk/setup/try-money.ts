// Tests devices and services beside the lanes during set-up: a printer prints a strip, a scanner reads a code, a
// payment gateway answers. Success is reported by the device itself, not by an open link.
import { t } from '#base/pure/words/fault-text.ts'
import { systemMonoClock, systemWallClock } from '#base/time/system-clocks.ts'
import { linkOpener } from '#devices/links/link-opener.ts'
import { machineSecret } from '#base/secrets/machine-seal.ts'
import { secretStore } from '#base/secrets/secret-store.ts'
import { DeviceHost } from '#devices/hosts/device-host.ts'
import { scannerChoice, withLinkDefaults } from '#devices/profiles/links.ts'
import type { TryHandle, TryNews, TryTarget } from '#devices/desk/lane/device-try.ts'
import type { PaperLine } from '#base/pure/data/paper.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import {
  scannerDriver,
  type ScanEffect,
  type ScanEvent,
  type ScanState,
} from '#devices/pure/scanner/driver.ts'
import { scannerBaud } from '#devices/pure/scanner/serial/codes.ts'
import { chosen } from '#devices/desk/lane/device-ports.ts'
import { namedProfiles } from '#devices/desk/profile/named-profiles.ts'
import { openPrinter, type OpenPrinter } from '#money/desk/receipt/printers.ts'
import { openGateway } from '#money/desk/till/gateway.ts'
import { closeBeside } from '#base/process/close-all.ts'

type Tell = (news: TryNews) => void
type Over = Extract<TryNews, { is: 'over' }>['what']

const over = (what: Over, isGood: boolean, note: string): TryNews => ({
  is: 'over',
  what,
  isGood,
  note,
})

/** The strip has the time, so that an earlier test's strip is not taken for this one. */
const strip = (at: string): readonly PaperLine[] => [
  { kind: 'text', text: '打印测试', align: 'center', size: 'large' },
  { kind: 'text', text: '不是收据', align: 'center', size: 'normal' },
  { kind: 'rule' },
  { kind: 'pair', name: '时间', value: at, isBig: false },
  { kind: 'qr', text: `TEST ${at}` },
]

export async function tryPrinter(
  { laneId: id, link }: TryTarget,
  dir: string,
  tell: Tell,
): Promise<TryHandle> {
  const config = { id, link, prints: 'asked', plate: 'whole' } as const
  const profiles = await namedProfiles({ lanes: [], printers: [config] }, dir)
  const [mono, business] = [systemMonoClock(), systemWallClock()]
  let printer: OpenPrinter | null = null
  return {
    open() {
      // It answered its status, so it is connected.
      const changed = (): void => {
        if (printer !== null && printer.trouble !== 'silent') tell({ is: 'reached' })
      }
      printer = openPrinter(config, { mono, business, profiles, changed })
    },
    command() {
      const at = isoOf(business.nowMs()).slice(0, 19)
      printer?.print(strip(at)).then(
        (end) => tell(over('printed', end.ok, end.ok ? at : end.why)),
        (error: unknown) => tell(over('printed', false, String(error))),
      )
    },
    close: () => printer?.close(),
  }
}

export async function tryScanner(
  { laneId: id, link }: TryTarget,
  dir: string,
  tell: Tell,
): Promise<TryHandle> {
  const scanners = [{ id, link, lane: id }]
  const profiles = await namedProfiles({ lanes: [], scanners }, dir)
  const { reader, times, linkDefaults } = chosen(scannerChoice(link, profiles ?? undefined))
  const host = new DeviceHost<ScanState, never, ScanEvent, ScanEffect>({
    mono: systemMonoClock(),
    business: systemWallClock(),
    opener: linkOpener(),
    url: withLinkDefaults(link, { baud: scannerBaud, ...linkDefaults }),
    driver: scannerDriver(reader, times),
    emit(event) {
      if (event.type === 'read') tell(over('scanned', true, event.text))
      else if (event.type === 'notRead') tell(over('scanned', false, event.why))
      else if (event.isUp) tell({ is: 'listening', note: link })
    },
    other: () => undefined,
    linkChanged: () => undefined,
  })
  return { open: () => host.open(), command: () => undefined, close: () => host.close() }
}

/** Requests the gateway's capabilities: nothing is charged, and the answer is signed with the lot's key. */
export function tryGateway({ gateway, link }: TryTarget, dir: string, tell: Tell): TryHandle {
  if (gateway === null)
    throw new LaneFault('LOT-02', {
      field: '/gateway',
      value: link,
      note: t('没有支付网关', 'no gateway'),
    })
  const secrets = secretStore(dir, machineSecret())
  const { url, caFile, merchantNo, secret } = gateway
  const config = { gateway: { url, caFile, merchantNo, secret } }
  const opened = openGateway({ config, mono: systemMonoClock() }, (name) => secrets.read(name))
  if (opened.fault !== null) throw opened.fault
  const ask = (): void => {
    opened.gateway?.payment.capabilities((found) => {
      if ('kind' in found) return tell(over('gateway', false, found.reason))
      const isOwn = found.merchantNo === merchantNo
      tell(over('gateway', isOwn, isOwn ? found.ways.join(' ') : `merchantNo ${found.merchantNo}`))
    })
  }
  return {
    open: ask,
    command: () => undefined,
    close: () => closeBeside('gateway', opened.close()),
  }
}
