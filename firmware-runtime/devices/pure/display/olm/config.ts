// Properties of one board and limits of its driver, each with unit and source. What differs from board to board is in
// the link URL and is parsed here.
import { notKnown } from '../../link-query.ts'

/** Brightness and volume by day and by night, in per cent from 10 to 100. */
interface BoardLight {
  readonly brightnessPercent: number
  readonly volumePercent: number
}

export interface DisplayConfig {
  /** Device address (DA). */
  readonly address: number
  readonly rows: number
  /** Bytes of GBK on a line; a longer line scrolls. 64 pixels at 16 pixels for a full-width character are 8 bytes. */
  readonly columns: number
  /** `page`: one frame 6F for all lines; `lines`: one frame 62 for each line, which every version supports. */
  readonly frames: 'lines' | 'page'
  readonly voice: boolean
  readonly password: string
  /** Time limit for the reply to a frame: 263 bytes take 275 ms at 9600 baud. */
  readonly answerTimeoutMs: number
  /** Repeats of a frame without a reply. */
  readonly retriesMax: number
  /** Pause after each reply, so that a repeated reply is not taken for the next one. */
  readonly gapMs: number
  /** Idle time after which the board is asked for a sign of life. */
  readonly careMs: number
  /** Interval at which the page is sent again, in case the board restarted unnoticed. */
  readonly refreshMs: number
  /** After this time a car has driven on, and its text is not spoken any more. */
  readonly speechKeepMs: number
  /** Local hours of `day`; the rest is `night`. */
  readonly dayFromHour: number
  readonly dayToHour: number
  readonly day: BoardLight
  readonly night: BoardLight
}

/** Defaults of the protocol text; time limits, brightness and volume are our own choice. */
export const standardDisplay: DisplayConfig = {
  address: 0,
  rows: 4,
  columns: 8,
  frames: 'lines',
  voice: true,
  password: '159753',
  answerTimeoutMs: 600,
  retriesMax: 2,
  gapMs: 10,
  careMs: 5_000,
  refreshMs: 30_000,
  speechKeepMs: 10_000,
  dayFromHour: 7,
  dayToHour: 20,
  day: { brightnessPercent: 100, volumePercent: 80 },
  night: { brightnessPercent: 50, volumePercent: 40 },
}

/** For replays at 20 passages a second: with a minimal pause. */
export const instantDisplay: DisplayConfig = { ...standardDisplay, gapMs: 1 }

/** Factory speed of serial boards with this protocol. */
export const displayBaud = '9600'

const wholeOf = (text: string, min: number, max: number): number | null => {
  const value = /^\d{1,3}$/.test(text) ? Number(text) : -1
  return value >= min && value <= max ? value : null
}

type Reader = (text: string) => Partial<DisplayConfig> | null
const whole =
  (name: 'address' | 'rows' | 'columns', min: number, max: number): Reader =>
  (text) => {
    const value = wholeOf(text, min, max)
    return value === null ? null : { [name]: value }
  }

/** Parameters of a display link beside those of the port. */
const readers: Readonly<Record<string, Reader>> = {
  address: whole('address', 0, 255),
  rows: whole('rows', 1, 4),
  columns: whole('columns', 4, 32),
  frames: (text) => (text === 'lines' || text === 'page' ? { frames: text } : null),
  voice: (text) => (text === 'on' || text === 'off' ? { voice: text === 'on' } : null),
}
const portParameters = ['baud', 'parity', 'dataBits', 'stopBits']

/** The board of a link URL. Throws LOT-03 with the parameter. */
export function displayConfigOf(url: string, field: string, base: DisplayConfig): DisplayConfig {
  let config = base
  for (const [name, text] of new URLSearchParams(url.split('?')[1] ?? '')) {
    if (portParameters.includes(name)) continue
    const read = Object.hasOwn(readers, name) ? (readers[name]?.(text) ?? null) : null
    if (read === null) throw notKnown(url, field, name, text)
    config = { ...config, ...read }
  }
  return config
}
