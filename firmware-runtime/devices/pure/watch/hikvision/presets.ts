// Presets of a Hikvision camera over ISAPI. By public code that controls such cameras: `PUT …/presets/<id>/goto` without a body,
// `GET …/status` with `AbsoluteHigh` in tenths of a degree (azimuth, elevation) and tenths of the zoom factor.
// Assumed: the answer to goto is a ResponseStatus, or empty with HTTP 200.
import { note } from '#base/pure/words/notes.ts'
import { child, Refusal, rootOf, text } from '../../camera/hikvision/xml.ts'
import type { Position } from '../position.ts'
import type { PresetDialect } from '../preset-dialect.ts'

const tenths = (said: string): number | null =>
  /^-?\d{1,6}(?:\.\d{1,3})?$/.test(said) ? Number(said) / 10 : null

function positionOf(xml: string): Position | null {
  const at = child(rootOf(xml, 'PTZStatus'), 'AbsoluteHigh')
  if (at === null) return null
  const panDeg = tenths(text(at, 'azimuth'))
  const tiltDeg = tenths(text(at, 'elevation'))
  const zoom = tenths(text(at, 'absoluteZoom'))
  return panDeg === null || tiltDeg === null || zoom === null ? null : { panDeg, tiltDeg, zoom }
}

/** What `read` finds in a document; null when the document has another form. */
function found<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return null
  }
}

const accepted = '1'

export const hikvisionPresets = (channel: number): PresetDialect => ({
  turn: (preset) => ({
    method: 'PUT',
    path: `/ISAPI/PTZCtrl/channels/${channel}/presets/${preset}/goto`,
  }),
  refusal(status, xml) {
    if (status !== 200) return note('presetRefused', `HTTP ${status}`)
    if (xml.trim() === '') return null
    const code = found(() => text(rootOf(xml, 'ResponseStatus'), 'statusCode'))
    return code === accepted ? null : note('presetRefused', `status ${code ?? '?'}`)
  },
  where: () => ({ method: 'GET', path: `/ISAPI/PTZCtrl/channels/${channel}/status` }),
  position: (status, xml) => (status === 200 ? found(() => positionOf(xml)) : null),
})
