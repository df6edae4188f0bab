// Input of the workshop: a capture file, or lines of hex as printed by any tool. A mark at the front of a line gives
// the direction; without one the device sent it.
import { t } from '#base/pure/words/fault-text.ts'
import { bytesOfHex } from '#base/pure/data/bytes.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { readCapture, type Capture } from '../../frame-log/capture.ts'
import type { RingEvent } from '../../frame-log/frame-ring.ts'

/** `12.5 ms > FF FF ...`; time and mark are optional. */
const lineShape =
  /^(?:(\d{1,12}(?:\.\d{1,6})?)\s*ms\s+)?(?:(<|>|←|→|in|out|rx|tx|收|发)[\s:]*)?((?:[0-9a-f]{2}[\s:-]*)+)$/i
const outMarks = ['>', '→', 'out', 'tx', '发']
const linesMax = 20_000

function hexCapture(text: string, variant: string): Capture {
  const events: RingEvent[] = []
  let lastUs = 0
  text
    .split('\n')
    .slice(0, linesMax)
    .forEach((line, i) => {
      if (line.trim() === '' || line.trim().startsWith('#')) return
      const [, ms, mark = '<', hex = ''] = lineShape.exec(line.trim()) ?? []
      const bytes = bytesOfHex(hex.replaceAll(/[\s:-]/g, ''))
      if (bytes === null || bytes.length === 0)
        throw new LaneFault('WIRE-01', {
          field: `line ${i + 1}`,
          value: line.trim().slice(0, 80),
          note: t('不是十六进制字节', 'these are not hexadecimal bytes'),
        })
      lastUs = Math.max(lastUs, ms === undefined ? lastUs : Math.round(Number(ms) * 1000))
      const kind = outMarks.includes(mark.toLowerCase()) ? 'out' : 'in'
      events.push({ seq: events.length + 1, monoUs: lastUs, atMs: 0, kind, bytes })
    })
  const head = { format: 'etc-lane capture', version: 1, device: 'rsu', variant } as const
  return { head: { ...head, startedAtIso: '1970-01-01T08:00:00.000+08:00' }, events }
}

/** `variant`: the framing chosen by the person, which overrides that of a capture. Throws WIRE-01. */
export function pasted(text: string, variant: string): Capture {
  if (!text.trimStart().startsWith('{')) return hexCapture(text, variant)
  const { head, events } = readCapture(text, '')
  if (head.device !== 'rsu') {
    const note = t('这里只认天线的抓包', 'only captures of an antenna are recognised here')
    throw new LaneFault('WIRE-01', { field: 'line 1', value: head.device, note })
  }
  return { head: { ...head, variant }, events }
}
