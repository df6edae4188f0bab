// Safeguards of a lot: a recovery key for its copies, a system service that starts its lanes, and a second place for the
// copies. Shown above every page of the window, by `etc-lane install` and by `doctor --service`.
import type { BilingualText } from '#base/pure/faults/faults.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { shellCommand, shellOf } from '#base/pure/words/shell-words.ts'

/** Whether the lanes start automatically with this machine. */
export type ServiceState = 'none' | 'stopped' | 'running' | 'unknown'

export interface Safeguard {
  readonly code: 'copyKey' | 'service' | 'secondPlace'
  /** `unknown`: it cannot be determined from here. */
  readonly state: 'done' | 'open' | 'unknown'
  /** Description of the present state. */
  readonly what: BilingualText
  /** Command that sets it up. */
  readonly command: string
}

interface SafeguardFacts {
  readonly dir: string
  /** Operating system of the lane computer. */
  readonly platform: string
  /** What calls the program there. */
  readonly program: readonly string[]
  /** Number of the recovery key. */
  readonly keyId: string | null
  /** Address of the second place. */
  readonly to: string | null
  readonly service: ServiceState
  /** Account that runs the lanes; absent: the owner of the data folder. */
  readonly user?: string | undefined
}

export const serviceWords: Readonly<Record<ServiceState, BilingualText>> = {
  none: t(
    '车道没有装成系统服务:电脑重启后,打开这个窗口车道才启动',
    'The lanes are no service of this machine: after a restart they begin when this window is opened',
  ),
  stopped: t(
    '系统服务装好了,这些车道不由它运行',
    'A service is installed, and does not run these lanes',
  ),
  running: t('车道由系统服务运行', 'A service runs the lanes'),
  unknown: t(
    '看不到车道是不是系统服务:电脑重启后可能不会自己启动',
    'Whether a service runs the lanes cannot be seen: they may not begin by themselves after a restart',
  ),
}

const doneWhere = (isDone: boolean): Safeguard['state'] => (isDone ? 'done' : 'open')

const serviceStates: Readonly<Record<ServiceState, Safeguard['state']>> = {
  none: 'open',
  stopped: 'open',
  running: 'done',
  unknown: 'unknown',
}

/** A command of the program for the shell there; only installation under systemd needs root rights. */
const command = (
  { platform, program }: SafeguardFacts,
  words: readonly string[],
  before: readonly string[] = [],
): string => shellCommand(shellOf(platform), [...before, ...program, ...words])

function installing(facts: SafeguardFacts): string {
  const { dir, platform, user } = facts
  const as = user === undefined ? [] : ['--user', user]
  return command(facts, ['install', '--data', dir, ...as], platform === 'linux' ? ['sudo'] : [])
}

const byPerson = ['--to', 'FOLDER', '--by', 'NAME', '--reason', 'TEXT'] as const

/** In the order of set-up: without the key no copy is made, whatever its place. */
export function safeguards(facts: SafeguardFacts): readonly [Safeguard, Safeguard, Safeguard] {
  const { dir, keyId, to, service } = facts
  return [
    {
      code: 'copyKey',
      state: doneWhere(keyId !== null),
      what:
        keyId === null
          ? t(
              '还没有恢复密钥,做好以后才有副本',
              'No recovery key yet; copies begin once it is made',
            )
          : t(`恢复密钥 ${keyId}`, `Recovery key ${keyId}`),
      command: command(facts, ['backup', 'key', '--data', dir, ...byPerson]),
    },
    {
      code: 'service',
      state: serviceStates[service],
      what: serviceWords[service],
      command: installing(facts),
    },
    {
      code: 'secondPlace',
      state: doneWhere(to !== null),
      what:
        to === null
          ? t(
              '副本没有第二处:电脑坏了,账本就没有了',
              'Copies have no second place: when this machine dies the ledger is gone',
            )
          : t(`副本放到 ${to}`, `Copies go to ${to}`),
      command: command(facts, ['backup', 'place', '--data', dir, ...byPerson]),
    },
  ]
}

/** Safeguards that are not done. */
export const undone = (rows: readonly Safeguard[]): readonly Safeguard[] =>
  rows.filter(({ state }) => state !== 'done')
