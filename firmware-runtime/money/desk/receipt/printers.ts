// The printers of a running lot: each has its driver, link and queue; lanes do not use them directly.
// Drivers are pure; here they get links and clocks.
import { linkOpener } from '#devices/links/link-opener.ts'
import { printerSource } from '#devices/frame-log/frame-sources.ts'
import type { FrameServices } from '#devices/frame-log/frame-services.ts'
import { deviceView, type DeviceSigns } from '#devices/desk/handlers/device-views.ts'
import { DeviceHost } from '#devices/hosts/device-host.ts'
import type { DeviceView } from '#lane/calls/views.ts'
import type { PrintEnd, PrinterPort } from '../till/paper-receipts.ts'
import { printerChoice, withLinkDefaults, type ProfileLookup } from '#devices/profiles/links.ts'
import type {
  PaperLine,
  PrinterCommand,
  PrinterEvent,
  PrinterTrouble,
} from '#base/pure/data/paper.ts'
import type { PrinterConfig } from '#base/pure/lot/config.ts'
import { isLpLink } from '#base/pure/links/lp-link.ts'
import { present } from '#base/pure/values/must.ts'
import {
  printerBaud,
  standardPrinter,
  type EscposConfig,
} from '#devices/pure/printer/escpos/config.ts'
import {
  printerDriver,
  type PrinterEffect,
  type PrinterState,
} from '#devices/pure/printer/escpos/driver.ts'
import type { BusinessClock, MonoClock } from '#base/ports/clocks.ts'
import { chosen } from '#devices/desk/lane/device-ports.ts'

interface PrinterPorts {
  readonly mono: MonoClock
  readonly business: BusinessClock
  /** Null when no link names a profile. */
  readonly profiles: ProfileLookup | null
  readonly platform?: NodeJS.Platform
  /** Frame service for the bytes of the link, under its own id; absent in the test of a draft. */
  readonly frames?: FrameServices
  /** Called when the visible state of a printer has changed. */
  changed(): void
}

export interface OpenPrinter extends PrinterPort {
  close(): void
}

/** Print jobs of one printer that have not ended. */
class PrintJobs {
  private lastJob = 0
  private readonly ends = new Map<number, (end: PrintEnd) => void>()

  begin(print: (jobId: number) => void): Promise<PrintEnd> {
    return new Promise((done) => {
      const jobId = ++this.lastJob
      this.ends.set(jobId, done)
      print(jobId)
    })
  }

  end(jobId: number, end: PrintEnd): void {
    present(this.ends.get(jobId), 'a job ends once')(end)
    this.ends.delete(jobId)
  }
}

type PrinterSigns = Pick<DeviceSigns, 'link' | 'lastReceivedMs' | 'detail'>

function printerView(
  signs: PrinterSigns,
  trouble: PrinterTrouble | null,
  mono: MonoClock,
): DeviceView {
  const { link, detail } = signs
  // State unknown: such a printer never answers.
  if (trouble === 'notKnown')
    return { state: 'up', heardMsAgo: null, link, detail, reason: 'notKnown' }
  const isUp = trouble === null
  return deviceView({ ...signs, up: isUp, reason: trouble ?? 'silent' }, mono.nowUs() / 1000)
}

/** A printer class file may be write-only; a Windows queue never answers. */
const asksOf = (link: string, platform: NodeJS.Platform): EscposConfig['asks'] =>
  !isLpLink(link) ? 'always' : platform === 'win32' ? 'never' : 'maybe'

/** Configuration, link and frame ring of a printer. */
function linkOf(config: PrinterConfig, { platform = process.platform, ...ports }: PrinterPorts) {
  const { id, link } = config
  const { frames, profiles } = ports
  const { config: model, linkDefaults } = chosen(printerChoice(link, profiles ?? undefined))
  const own = { ...standardPrinter, ...model, asks: asksOf(link, platform) }
  const url = withLinkDefaults(link, { baud: printerBaud, ...linkDefaults })
  frames?.add({ laneId: id, device: 'printer', link: url, source: printerSource(own) })
  return {
    url,
    opener: linkOpener({ platform }),
    driver: printerDriver(own),
    tap: frames?.ringOf(id, 'printer'),
  }
}

export function openPrinter(config: PrinterConfig, ports: PrinterPorts): OpenPrinter {
  const { link } = config
  let trouble: PrinterTrouble | null = 'silent'
  let isNearEnd = false
  let linkTrouble = ''
  const whenReady = new Set<() => void>()
  let turn: Promise<unknown> = Promise.resolve()
  const jobs = new PrintJobs()
  const host = new DeviceHost<PrinterState, PrinterCommand, PrinterEvent, PrinterEffect>({
    ...ports,
    ...linkOf(config, ports),
    emit(event) {
      if (event.type === 'printed') jobs.end(event.jobId, { ok: true })
      else if (event.type === 'notPrinted')
        jobs.end(event.jobId, { ok: false, why: event.why, isSent: event.isSent })
      else {
        const isBack = trouble !== null && event.trouble === null
        trouble = event.trouble
        isNearEnd = event.isNearEnd
        ports.changed()
        if (isBack) for (const act of whenReady) act()
      }
    },
    other: () => undefined,
    linkChanged(up, reason) {
      linkTrouble = up ? '' : reason
    },
  })
  const printNow = (lines: readonly PaperLine[]): Promise<PrintEnd> =>
    jobs.begin((jobId) => {
      // Tries a pausing link at once: a person is waiting for the paper.
      host.hurry(true)
      host.command({ do: 'print', jobId, lines })
      host.hurry(false)
    })
  host.open()
  return {
    config,
    get trouble() {
      return trouble
    },
    get isNearEnd() {
      return isNearEnd
    },
    device: () =>
      printerView(
        { link, lastReceivedMs: host.lastReceivedMs, detail: linkTrouble },
        trouble,
        ports.mono,
      ),
    onReady(act) {
      whenReady.add(act)
    },
    print(lines) {
      const printed = turn.then(() => printNow(lines))
      turn = printed
      return printed
    },
    openDrawer() {
      if (config.drawer === undefined || trouble === 'silent') return false
      host.command({ do: 'openDrawer', pin: config.drawer })
      return true
    },
    close: () => host.close(),
  }
}
