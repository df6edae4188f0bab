// Decodes the Bosch parking lot sensor (lane-devices.md 4.3): port 1 status, 2 heartbeat, 3 start. A state other than 0
// and 1 is invalid.

interface PlsRead {
  readonly occupied: boolean
  readonly restarted: boolean
  readonly celsius: number | null
}

const ports = { status: 1, heartbeat: 2, start: 3 } as const
const startBytes = 17
const startStateAt = 16

/** Null when the bytes contain no state. */
export function boschPls(port: number, data: Uint8Array): PlsRead | null {
  if (port === ports.start) {
    const state = data[startStateAt]
    if (data.length !== startBytes || state === undefined) return null
    return { occupied: (state & 1) === 1, restarted: true, celsius: null }
  }
  if (port !== ports.status && port !== ports.heartbeat) return null
  const [state, degrees] = data
  if ((state !== 0 && state !== 1) || data.length < 1 || data.length > 2) return null
  const celsius = degrees === undefined ? null : degrees > 127 ? degrees - 256 : degrees
  return { occupied: state === 1, restarted: false, celsius }
}
