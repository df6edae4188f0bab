// `etc-lane centre --demo`: a centre with ten simulated lots. The lots are a process of their own that ends with this one;
// they ask to join as any lot does, and the demo accepts them by itself where the digits of both sides agree.
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import type { RunningCentre } from '../../../centre/centre.ts'
import { systemWallClock } from '#base/time/system-clocks.ts'
import { act } from '#base/desk/commands/acts.ts'
import { centreLine, serveCentre, type Say } from '#runtime/commands/centre.ts'
import { needed } from '#base/commands/command.ts'
import { isObject, parsed } from '#base/pure/data/json.ts'
import { parentPortHere } from '#runtime/host/hosted.ts'
import { programFile } from '#base/process/program-file.ts'
import { simsOf } from '../demo/studio-demo.ts'
import { spawnLauncher } from '../lot/sim-process.ts'

const person = { name: 'demo' }

/** False: no such request waits. */
async function accept(centre: RunningCentre, lotId: string, digits: string): Promise<boolean> {
  const { decidePairing } = await import('../../../centre/pairing/decide.ts')
  const { logAct } = await import('../../../centre/desk/acts.ts')
  const nowMs = systemWallClock().nowMs()
  return centre.asOwner(async (db) => {
    const { rows } = await db.query<{ readonly pairing_id: string }>(
      `SELECT pairing_id FROM desk.pairing WHERE lot_id = $1 AND digits = $2 AND state = 'pending'`,
      [lotId, digits],
    )
    const pairingId = rows[0]?.pairing_id
    if (pairingId === undefined) return false
    const decision = { pairingId, accept: true, nowMs, person: person.name }
    await decidePairing(db, centre.authority, decision)
    const detail = { pairingId, digits }
    await logAct(db, { nowMs, person }, { act: 'pairing.accept', lotId, detail })
    return true
  })
}

/** The digits are shown before the door has the secret that proves them: it is asked again. */
const againMs = 1_000

/** The ten lots beside a centre. */
export function demoLots(
  centre: RunningCentre,
  { dir, say, failed }: { readonly dir: string; readonly say: Say; failed(error: unknown): void },
): { close(): Promise<void> } {
  const gone = Promise.withResolvers<void>()
  let isClosing = false
  const join = async (lotId: string, digits: string): Promise<void> => {
    if (isClosing) return
    if (await accept(centre, lotId, digits)) say({ event: 'accepted', lotId, digits })
    else setTimeout(() => void join(lotId, digits).catch(failed), againMs).unref()
  }
  const heard = (line: string): void => {
    const news = parsed(line)
    if (!isObject(news) || news['event'] === 'ready') return
    say(news)
    const { event, lotId, digits } = news
    if (event === 'pairing') void join(String(lotId), String(digits)).catch(failed)
  }
  const parent = parentPortHere()
  const launch = parent === null ? spawnLauncher(programFile()) : simsOf(parent)
  const kill = launch('demo-lots', ['--data', dir, '--door', centre.door], {
    line: heard,
    gone(code) {
      gone.resolve()
      if (!isClosing) failed(new Error(`demo-lots ended with ${code}`))
    },
  })
  return {
    close() {
      isClosing = true
      kill('SIGTERM')
      return gone.promise
    },
  }
}

/** Where the demo lives when no folder is named. */
const demoFolder = (): string => join(homedir(), '.etc-lane-studio', 'centre-demo')

const demoLine =
  'centre --demo [--data DIR] [--postgres URL] [--door HOST:PORT] [--desk HOST:PORT]' as const

/** The act of the product, and its demo. */
export const centreAct = act([centreLine, demoLine], (values, io) => {
  if (!values.demo) return serveCentre({ ...values, data: needed(values.data, 'data') }, io)
  const dir = resolve(values.data ?? demoFolder())
  const given = { ...values, data: join(dir, 'centre') }
  return serveCentre(given, io, (centre, told) =>
    demoLots(centre, { dir: join(dir, 'lots'), ...told }),
  )
})
