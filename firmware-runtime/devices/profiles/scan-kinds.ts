// The three kinds of scanner links: the protocol that a profile must name for each, and the reader made from its data.
// A profile that fits the link but is invalid is refused with its problem.
import { bytesOfHex } from '#base/pure/data/bytes.ts'
import { isHidLink } from '#base/pure/links/hid-link.ts'
import { isKeyLink } from '#base/pure/links/key-link.ts'
import type { ScanReader, ScanTimes } from '../pure/scanner/driver.ts'
import { standardReport, type HidPosLayout } from '../pure/scanner/hid-pos/layout.ts'
import { hidReader, hidTimes } from '../pure/scanner/hid-pos/report.ts'
import { keyReader, keyTimes } from '../pure/scanner/keys/keys.ts'
import {
  serialReader,
  serialTimes,
  standardCodes,
  type SerialCodes,
} from '../pure/scanner/serial/codes.ts'
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import { findingWords } from './finding-words.ts'
import type { CheckedProfile } from './read-profile.ts'

type ProtocolData = NonNullable<CheckedProfile['profile']['protocol']['data']>

const hexShape = /^(?:[0-9A-Fa-f]{2})*$/

function serialCodes({ prefix = '', ends }: ProtocolData): SerialCodes | null {
  const list = Array.isArray(ends) ? ends : []
  const texts = [prefix, ...list].map(String)
  if (!texts.every((text) => hexShape.test(text)) || list.some((end) => String(end).length !== 2))
    return null
  return {
    prefix: bytesOfHex(String(prefix)) ?? new Uint8Array(),
    ends: list.map((end) => Number.parseInt(String(end), 16)),
  }
}

/** A member that the model does not name is not in its reports. */
function reportLayout({ wakes: _, ...places }: ProtocolData): HidPosLayout | null {
  const numbers = new Map<string, number>()
  for (const [name, value] of Object.entries(places)) {
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > 1_023)
      return null
    numbers.set(name, value)
  }
  const place = (name: string): number | null => numbers.get(name) ?? null
  return {
    reportId: place('reportId'),
    lenAt: place('lenAt'),
    dataAt: place('dataAt') ?? 0,
    dataMax: place('dataMax') ?? 0,
    moreAt: place('moreAt'),
    moreMask: place('moreMask') ?? 1,
  }
}

/** For each kind of link: protocol, times, the reader without a model, and what a profile changes. */
interface ScanKind {
  readonly protocol: string
  readonly times: ScanTimes
  readonly standard: ScanReader
  /** The reader; a text: why not. */
  of(data: ProtocolData): ScanReader | BilingualText
}

const hidScans: ScanKind = {
  protocol: 'hid-pos',
  times: hidTimes,
  standard: hidReader(standardReport),
  of(data) {
    const layout = reportLayout(data)
    if (layout === null) return findingWords.placesWhole()
    const wakes = data['wakes'] === undefined ? '' : String(data['wakes'])
    const report = bytesOfHex(wakes)
    if (report === null) return findingWords.hexBytes('wakes')
    return hidReader(layout, report.length === 0 ? undefined : report)
  },
}

const keyScans: ScanKind = {
  protocol: 'keyboard-keys',
  times: keyTimes,
  standard: keyReader,
  of: () => keyReader,
}

const portScans: ScanKind = {
  protocol: 'serial-codes',
  times: serialTimes,
  standard: serialReader(standardCodes),
  of(data) {
    const codes = serialCodes(data)
    return codes === null ? findingWords.hexBytes('prefix, ends') : serialReader(codes)
  },
}

export const scanKindOf = (url: string): ScanKind =>
  isHidLink(url) ? hidScans : isKeyLink(url) ? keyScans : portScans
