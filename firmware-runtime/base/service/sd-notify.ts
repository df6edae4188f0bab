// Reports the state of this service to systemd: ready when the lanes are, alive while their thread runs, stopping on
// request.
// Sent by `systemd-notify`, because Node has no Unix datagram sockets; elsewhere nothing is sent.
import { execFile } from 'node:child_process'
import type { Cancel, MonoClock } from '../ports/clocks.ts'

interface ServiceNotice {
  ready(): void
  stopping(): void
}

type Say = (...words: readonly string[]) => void

/** The watchdog covers a notice that is lost. */
const bySystemd: Say = (...words) => {
  execFile('systemd-notify', [...words], { timeout: 5_000 }, () => undefined).unref()
}

/** A start that may take long: systemd waits up to an hour for it instead of its usual time. */
export function longStart(env: NoticeParts['env'], say: Say = bySystemd): void {
  if (env['NOTIFY_SOCKET'] !== undefined) say('EXTEND_TIMEOUT_USEC=3600000000')
}

interface NoticeParts {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Clock of the lanes' thread: a hanging thread sends nothing. */
  readonly mono: Pick<MonoClock, 'after'>
  readonly say?: Say
}

/** Twice within systemd's watchdog time. */
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
