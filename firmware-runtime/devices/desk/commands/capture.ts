// `etc-lane capture replay|pcapng|save|watch`: a recorded session of any link, used as a test without code. Exit 1 when
// a frame cannot be decoded, or the driver sends other bytes than recorded.
import { lstatSync, readFileSync } from 'node:fs'
import { exportFile } from '#base/files/exported-file.ts'
import { rsuChoice } from '../../profiles/links.ts'
import { isProfileId } from '../../pure/link-query.ts'
import { captureBytesMax, readCapture, type Capture } from '../../frame-log/capture.ts'
import { captureRows, replayCapture, type ReplayedVariant } from '../../frame-log/capture-replay.ts'
import { pcapOf } from '../../frame-log/capture-pcap.ts'
import { orDiskFault } from '#base/pure/faults/disk-fault.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { saveFrames } from './rsu-send.ts'
import { watchLane } from './rsu-watch.ts'
import { version } from '#base/process/version.ts'
import { act, commandOf, printed } from '#base/desk/commands/acts.ts'

export function captureFrom(file: string): Capture {
  const text = orDiskFault({ file, otherwise: 'FILE-01' }, () => {
    const stat = lstatSync(file)
    // Reading a pipe or a device might never end.
    if (!stat.isFile()) throw new Error('not a regular file')
    if (stat.size > captureBytesMax) throw new Error('the file is too large')
    return readFileSync(file, 'utf8')
  })
  return readCapture(text, file)
}

/** Table and override named by an antenna's capture; WIRE-01 for a profile that does not exist. */
export async function variantOf(
  { head }: Capture,
  file: string,
  dir: string | null,
): Promise<ReplayedVariant | null> {
  if (head.device !== 'rsu') return null
  const lookup = isProfileId(head.variant)
    ? (await import('../profile/library.ts')).profilesIn(dir)
    : undefined
  const choice = rsuChoice(`?variant=${encodeURIComponent(head.variant)}`, lookup)
  if (!choice.ok)
    throw new LaneFault('WIRE-01', {
      file,
      field: 'line 1',
      value: head.variant,
      note: choice.note,
    })
  return { variant: choice.value.variant, override: choice.value.config.override }
}

function replayedFrom(file: string, capture: Capture, rsu: ReplayedVariant | null) {
  try {
    return replayCapture(capture, rsu)
  } catch (error) {
    if (!(error instanceof LaneFault)) throw error
    throw new LaneFault(error.code, { file, ...error.detail })
  }
}

const replay = act(
  ['capture replay FILE [--frames] [--data DIR]'],
  async ({ words: [file], data, frames }) => {
    const capture = captureFrom(file)
    const variant = await variantOf(capture, file, data ?? null)
    const result = replayedFrom(file, capture, variant)
    const rows = frames
      ? [...captureRows(capture, variant?.variant)].map(({ monoUs, atMs, ...row }) => ({
          monoMs: monoUs / 1000,
          atIso: isoOf(atMs),
          ...row,
        }))
      : undefined
    return printed({ file, ...result, ...(rows === undefined ? {} : { rows }) }, result.ok)
  },
)

const toPcapng = act(
  ['capture pcapng FILE OUT [--data DIR]'],
  async ({ words: [file, out], data }) => {
    const capture = captureFrom(file)
    const rsu = await variantOf(capture, file, data ?? null)
    const { device, variant, laneId = '' } = capture.head
    const program = `etc-lane ${version}`
    const bytes = pcapOf({ device, variant, laneId, program }, captureRows(capture, rsu?.variant))
    exportFile(out, bytes)
    return printed({ ok: true, file, out, bytes: bytes.length })
  },
)

/** Saves what the ring of a running lane still holds for one of its devices. */
const save = act(
  [
    'capture save --data DIR --lane ID [--device rsu|barrier|display|sensors|sensors-2|sensors-3|sensors-4|camera|printer] [--format capture|pcapng]',
  ],
  ({ device = 'rsu', ...values }) => saveFrames({ ...values, device }),
)

export const captureCommand = commandOf('capture', [replay, toPcapng, save, watchLane])
