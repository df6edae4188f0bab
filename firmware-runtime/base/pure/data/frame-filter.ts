// Which frames of a console a person wants to see: by direction, type, lane, device and text.
// One rule for the command line, the runtime and the window.

/** `link` rows report that the link went up or down; they pass every filter except the text filter. */
type FrameDirection = 'in' | 'out' | 'link'

export interface FilteredFrame {
  readonly laneId: string
  readonly device: string
  readonly direction: FrameDirection
  /** Frame type; `up` or `down` for link events; empty for bytes that are not a frame. */
  readonly type: string
  readonly name: string
  /** The whole frame as on the link, without the bytes left out; empty for discarded bytes. */
  readonly hex: string
  readonly reason: string
  readonly fields: Readonly<Record<string, unknown>>
}

/** Empty and left out mean: all. */
export interface FrameFilter {
  readonly direction?: 'in' | 'out' | undefined
  readonly types?: readonly string[] | undefined
  readonly laneId?: string | undefined
  readonly device?: string | undefined
  /** Found in hex (blanks do not matter), name, reason, or a field's name or value. */
  readonly text?: string | undefined
  /** Names and values of frames that `text` stands for in the language of who reads. */
  readonly names?: readonly string[] | undefined
}

function hasName({ name, fields }: FilteredFrame, names: readonly string[]): boolean {
  if (names.length === 0) return false
  const text = JSON.stringify(fields)
  return names.some((one) => one === name || text.includes(`"${one}"`))
}

function hasText(frame: FilteredFrame, wanted: string, names: readonly string[]): boolean {
  const text = wanted.trim().toLowerCase()
  if (text === '' || hasName(frame, names)) return true
  const hex = text.replaceAll(/\s/g, '')
  if (frame.hex.toLowerCase().includes(hex)) return true
  if (`${frame.type} ${frame.name} ${frame.reason}`.toLowerCase().includes(text)) return true
  return JSON.stringify(frame.fields).toLowerCase().includes(text)
}

export function frameFits(filter: FrameFilter, frame: FilteredFrame): boolean {
  const { direction, types = [], laneId, device, text = '', names = [] } = filter
  if (laneId !== undefined && laneId !== '' && frame.laneId !== laneId) return false
  if (device !== undefined && device !== '' && frame.device !== device) return false
  if (!hasText(frame, text, names)) return false
  if (frame.direction === 'link') return true
  if (direction !== undefined && frame.direction !== direction) return false
  return types.length === 0 || types.includes(frame.type)
}

/** Frame types as a person writes them: `B2,c1` and blanks. */
export const frameTypesOf = (text: string): readonly string[] =>
  text
    .toUpperCase()
    .split(/[\s,]+/)
    .filter((type) => type !== '')
