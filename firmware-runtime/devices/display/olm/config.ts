// How one board is built and how patient its driver is: every limit with its unit and its source.
// What differs from board to board stands in the link URL and is read here.
import { t } from '../../../core/values/fault-text.ts'
import { LaneFault } from '../../../core/faults/faults.ts'

/** From when to when a board is loud and bright. The dialect knows both in per cent, 10 to 100. */
interface BoardLight {
  readonly brightnessPercent: number
  readonly volumePercent: number
}

export interface DisplayConfig {
  /** Device address (DA). */
  readonly address: number
  readonly rows: number
  /** Bytes of GBK that stand on a line; a longer line runs. 64 pixels at 16 a character are 8. */
  readonly columns: number
  /** `page`: one frame 6F for all lines; `lines`: one frame 62 each, which every version knows. */
  readonly frames: 'lines' | 'page'
  readonly voice: boolean
  readonly password: string
  /** How long one frame may stay without its reply: 263 bytes take 275 ms at 9600 baud. */
  readonly answerTimeoutMs: number
  /** Further tries of a frame whose reply did not come. */
  readonly retriesMax: number
  /** Rest after each reply, so that what is said twice is not taken for the next reply. */
  readonly gapMs: number
  /** Idle time after which the board is asked whether it is there. */
  readonly careMs: number
  /** A board that restarted unseen gets its page again after this. */
  readonly refreshMs: number
  /** Words for a car that has driven on are not said any more. */
  readonly speechKeepMs: number
  /** Local hours of `day`; the rest is `night`. */
  readonly dayFromHour: number
  readonly dayToHour: number
  readonly day: BoardLight
  readonly night: BoardLight
}

/** Defaults of the protocol text; waits, light and loudness are our own choice. */
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

/** For replays at 20 passages a second: a rest that is no more than a moment. */
export const instantDisplay: DisplayConfig = { ...standardDisplay, gapMs: 1 }

/** Serial boards of this dialect leave the factory at 9600 baud. */
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

/** The board behind a link URL. Throws LOT-03 that names the parameter. */
export function displayConfigOf(url: string, field: string, base: DisplayConfig): DisplayConfig {
  let config = base
  for (const [name, text] of new URLSearchParams(url.split('?')[1] ?? '')) {
    if (portParameters.includes(name)) continue
    const read = Object.hasOwn(readers, name) ? (readers[name]?.(text) ?? null) : null
    if (read === null)
      throw new LaneFault('LOT-03', {
        field,
        value: url,
        note: t(`${name}=${text} 不认识`, `${name}=${text} is not known`),
      })
    config = { ...config, ...read }
  }
  return config
}
