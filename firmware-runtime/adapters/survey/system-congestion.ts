// How this system controls congestion of TCP, as it names it: a rate is one of a sender with that control.
// Linux tells; where nobody does, nothing is said.
import { readFileSync } from 'node:fs'

const file = '/proc/sys/net/ipv4/tcp_congestion_control'

export function systemCongestion(): string | null {
  try {
    const name = readFileSync(file, 'latin1').trim()
    return /^[a-z0-9_-]{1,40}$/.test(name) ? name : null
  } catch {
    // Another system, or one that hides it.
    return null
  }
}
