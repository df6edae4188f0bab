// Presets of a Dahua camera over CGI. By public code that controls such cameras: `GotoPreset` with the preset as second argument,
// `getStatus` with `status.Postion[0..2]` (so spelled by the maker; newer firmware may spell it right) for pan, tilt and zoom,
// and `MoveStatus`. Assumed: channels count from 1 as in subscriptions, angles are degrees.
import { note } from '#base/pure/words/notes.ts'
import type { Position } from '../position.ts'
import type { PresetDialect } from '../preset-dialect.ts'

const linesMax = 200

function positionOf(body: string): Position | null {
  const at = [null, null, null] as (number | null)[]
  for (const line of body.split(/\r?\n/, linesMax)) {
    const m = /^status\.Posi?tion\[([012])\]=(-?\d{1,4}(?:\.\d{1,6})?)\s*$/.exec(line)
    if (m !== null) at[Number(m[1])] = Number(m[2])
  }
  const [panDeg = null, tiltDeg = null, zoom = null] = at
  return panDeg === null || tiltDeg === null || zoom === null ? null : { panDeg, tiltDeg, zoom }
}

export const dahuaPresets = (channel: number): PresetDialect => ({
  turn: (preset) => ({
    method: 'GET',
    path:
      `/cgi-bin/ptz.cgi?action=start&channel=${channel}&code=GotoPreset` +
      `&arg1=0&arg2=${preset}&arg3=0`,
  }),
  refusal(status, body) {
    if (status !== 200) return note('presetRefused', `HTTP ${status}`)
    const [first = ''] = body.trim().split(/\s/, 1)
    return first.toUpperCase() === 'OK' ? null : note('presetRefused', first.slice(0, 20) || '?')
  },
  where: () => ({ method: 'GET', path: `/cgi-bin/ptz.cgi?action=getStatus&channel=${channel}` }),
  position: (status, body) => (status === 200 ? positionOf(body) : null),
})
