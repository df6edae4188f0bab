// Name of this system's TCP congestion control, because a measured rate depends on it.
// Linux shows it; on other systems null.
import { readFileSync } from 'node:fs'

const file = '/proc/sys/net/ipv4/tcp_congestion_control'

export function systemCongestion(): string | null {
  try {
    const name = readFileSync(file, 'latin1').trim()
    return /^[a-z0-9_-]{1,40}$/.test(name) ? name : null
  } catch {
    // Another system, or the file is hidden.
    return null
  }
}
