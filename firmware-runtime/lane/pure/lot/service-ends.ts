// How the lanes of a service end, and what follows: one table for the systemd unit, the task of Windows, the page of
// operations and their tests.
import { permanentExit } from './run-exit.ts'

/**
 * Waits before the next start: the first one after a quiet time follows at once, because a car may be waiting; where
 * that one ends early as well, each further start waits longer.
 */
export const againAfter = { firstMs: 200, nextMs: 5_000, quietMs: 60_000 } as const

/** The wait before the next start, by how long the last one ran; `wasEarly`: the one before it ended early too. */
export function nextStart(
  ranMs: number,
  wasEarly: boolean,
): { readonly waitMs: number; readonly isEarly: boolean } {
  const isEarly = ranMs < againAfter.quietMs
  return { waitMs: isEarly && wasEarly ? againAfter.nextMs : againAfter.firstMs, isEarly }
}

/** How often Windows looks whether the task runs. */
export const taskEveryMs = 60_000
/** systemd ends lanes that have given no sign of life for this long. */
export const watchdogSec = 20

interface ServiceEnd {
  /** As docs/operations.md says it. */
  readonly what: string
  /** Exit status; null: the end has none, or the machine ended. */
  readonly exit: number | null
  readonly isBegunAgain: boolean
  readonly systemd: string
  readonly windows: string
}

const waits = `again after ${againAfter.firstMs / 1000} s; each further one within a minute of its start after ${againAfter.nextMs / 1000} s, without a limit`
const both = { systemd: waits, windows: waits } as const

export const serviceEnds: readonly ServiceEnd[] = [
  {
    what: 'ended in order, and nobody asked the service manager for it',
    exit: 0,
    isBegunAgain: true,
    ...both,
  },
  {
    what: 'a write to the ledger with an unknown result (LEDGER-06), or an error of the program',
    exit: 1,
    isBegunAgain: true,
    ...both,
  },
  {
    what: 'could not run: a port is taken, the disk is full, another runtime has the folder',
    exit: 2,
    isBegunAgain: true,
    ...both,
  },
  {
    what: 'a fault that no restart cures: LOT, LEDGER and SEAL codes, COPY-15, and a file of the lot that cannot be read or is no JSON (FILE-01, FILE-02)',
    exit: permanentExit,
    isBegunAgain: false,
    systemd:
      'stays `failed`: `systemctl --failed` lists it, `journalctl -u etc-lane` says the code. After it is mended: `systemctl restart etc-lane`',
    windows:
      'the task waits without lanes, and `run\\service.json` says why. After it is mended: `schtasks /End /TN etc-lane`, then `schtasks /Run /TN etc-lane`',
  },
  { what: 'killed, or aborted by its engine', exit: null, isBegunAgain: true, ...both },
  { what: 'out of memory: the lanes', exit: null, isBegunAgain: true, ...both },
  {
    what: 'out of memory: a process beside the lanes, such as the one that lays out a document',
    exit: null,
    isBegunAgain: false,
    systemd: 'the lanes go on (`OOMPolicy=continue`)',
    windows: 'the lanes go on',
  },
  {
    what: 'hangs',
    exit: null,
    isBegunAgain: true,
    systemd: `ended by the watchdog after ${watchdogSec} s, then again`,
    windows: 'nothing ends it: a person does, `taskkill /F /PID` with the number in `run\\lock`',
  },
  {
    what: 'the program that begins the lanes again is ended',
    exit: null,
    isBegunAgain: true,
    systemd: 'systemd itself: the machine stops',
    windows: 'the task begins within a minute, by its second trigger',
  },
  {
    what: 'the machine restarts, or its power was cut',
    exit: null,
    isBegunAgain: true,
    systemd: 'starts with the machine, also after a 78',
    windows: 'starts with the machine, also after a 78',
  },
  {
    what: 'a person stops the service',
    exit: null,
    isBegunAgain: false,
    systemd: '`systemctl stop etc-lane`: until `start`, or the next start of the machine',
    windows:
      '`schtasks /Change /TN etc-lane /DISABLE`, then `schtasks /End /TN etc-lane`: until `/ENABLE`. `/End` alone stops it for a minute',
  },
]

/** Exit statuses after which nothing is begun again. */
export const finalExits: readonly number[] = serviceEnds.flatMap(({ exit, isBegunAgain }) =>
  exit === null || isBegunAgain ? [] : [exit],
)
