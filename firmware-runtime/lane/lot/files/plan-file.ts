// Checks the plans of presets in a lot file: each space of the camera is seen from exactly one preset, and the camera has an
// address where it takes commands. Refusals name file, field and value.
import { LaneFault, type FaultCode, type Why } from '#base/pure/faults/faults.ts'
import { shownLink } from '#base/pure/links/camera-link.ts'
import type { LotConfig, SpaceSource } from '#base/pure/lot/config.ts'
import { witnessesOf } from '#base/pure/lot/streets.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { isWatchedByCamera, parseTurnLink } from '#devices/pure/watch/watch-link.ts'

type Plan = NonNullable<SpaceSource['plan']>
type Refuse = (field: string, value: string, note: Why, code?: FaultCode) => never

function checkPresets({ presets }: Plan, own: ReadonlySet<string>, refuse: Refuse): void {
  const numbers = new Set<number>()
  const seen = new Set<string>()
  presets.forEach(({ number, spaces }, n) => {
    if (numbers.has(number)) refuse(`presets/${n}/number`, String(number), twice)
    numbers.add(number)
    spaces.forEach((spaceId, i) => {
      const at = `presets/${n}/spaces/${i}`
      if (seen.has(spaceId)) refuse(at, spaceId, twice)
      if (!own.has(spaceId)) refuse(at, spaceId, notItsSpace)
      seen.add(spaceId)
    })
  })
  for (const spaceId of own) if (!seen.has(spaceId)) refuse('presets', spaceId, notSeen)
}

/** `lot`: as it runs, with the spaces of its streets. */
export function checkPlans(
  lot: LotConfig,
  file: string,
  /** Refuses a real address in a rehearsal. */
  checkLink: (url: string, field: string) => void,
): void {
  const witnesses = witnessesOf(lot)
  lot.spaces?.forEach((source, i) => {
    const { id, link, plan, spaces } = source
    if (plan === undefined) return
    const at = `/spaces/${i}/plan`
    const refuse: Refuse = (field, value, note, code = 'LOT-02') => {
      throw new LaneFault(code, { file, field: `${at}/${field}`, value, note })
    }
    if (!isWatchedByCamera(link)) refuse('presets', shownLink(link), noCamera)
    const { control } = plan
    if (parseTurnLink(link, control, `${at}/control`) === null)
      refuse('control', shownLink(link), noControl)
    if (control !== undefined) checkLink(control, `${at}/control`)
    const own = [...Object.values(spaces), ...Object.values(witnesses.get(id) ?? {})]
    checkPresets(plan, new Set(own), refuse)
  })
}

const twice = t('写了两次', 'it stands twice')
const noCamera = t('检测器不会转动', 'sensors do not turn')
const noControl = t(
  '推送的相机要写控制地址',
  'a camera that pushes needs the address where it takes commands',
)
const notItsSpace = t('这台相机不看这个泊位', 'this camera does not watch that space')
const notSeen = t('没有预置位看到这个泊位', 'no preset sees this space')
