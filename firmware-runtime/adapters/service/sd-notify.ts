// Tells systemd how this service is: ready when the lanes are, alive while their thread turns, stopping when told to.
// Said through `systemd-notify`, for Node has no datagram sockets of a path; elsewhere nothing is said.
import { execFile } from 'node:child_process'
import type { Cancel, MonoClock } from '../../ports/clocks.ts'

interface ServiceNotice {
  ready(): void
  stopping(): void
}

type Say = (...words: readonly string[]) => void

/** A notice that does not arrive is what the watchdog is for. */
const bySystemd: Say = (...words) => {
  execFile('systemd-notify', [...words], { timeout: 5_000 }, () => undefined).unref()
}

interface NoticeParts {
  readonly env: Readonly<Record<string, string | undefined>>
  /** The clock of the lanes' thread: a thread that hangs says nothing. */
  readonly mono: Pick<MonoClock, 'after'>
  readonly say?: Say
}

/** Twice within the time that systemd gives. */
const turnsWithin = 2

export function serviceNotice({ env, mono, say = bySystemd }: NoticeParts): ServiceNotice {
  if (env['NOTIFY_SOCKET'] === undefined)
    return { ready: () => undefined, stopping: () => undefined }
  const withinMs = Number(env['WATCHDOG_USEC'] ?? 0) / 1000
  let timer: Cancel | null = null
  const alive = (): void => {
    say('WATCHDOG=1')
    timer = mono.after(withinMs / turnsWithin, alive)
  }
  return {
    ready() {
      say('--ready')
      if (withinMs > 0) alive()
    },
    stopping() {
      timer?.()
      say('STOPPING=1')
    },
  }
}
