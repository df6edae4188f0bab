// Passwords of cameras that need a sign-in: a link in the draft names one, and contains none. Sealed under that name,
// so that the test of the camera and its lane find it.
import { laneKindsBy } from '#base/pure/device-kinds/lane-kinds.ts'
import type { SetupDraft } from '../../calls/setup-draft.ts'
import type { ArgsOf } from '#runtime/api/table.ts'
import type { CredentialsView } from '../../calls/setup-views.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { hasPassword, secretOfLink, shownLink } from '#base/pure/links/camera-link.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { cameraMakes } from '#devices/pure/camera/makes.ts'

/** Schemes of their links. */
export const signedInMakes: readonly string[] = cameraMakes.map(({ name }) => name)

const notOfCamera = t(
  '这里没有要登录的相机,或密码名已给别处使用',
  'there is no camera with a sign-in here, or the password name is already used elsewhere',
)

type Secrets = ReadonlyMap<string, string>

const secretsOf = (links: readonly (readonly [id: string, link: string])[]): Secrets =>
  new Map(
    links.flatMap(([id, link]): [string, string][] => {
      const name = secretOfLink(link)
      return name === null ? [] : [[id, name]]
    }),
  )

/** The name of each password, by lane. */
const laneSecrets = ({ devices }: SetupDraft): Secrets =>
  secretsOf(Object.entries(devices?.lanes ?? {}).map(([id, { camera }]) => [id, camera]))

/** The name of each password, by source of spaces. */
const sourceSecrets = ({ open }: SetupDraft): Secrets =>
  secretsOf((open?.sensors ?? []).map(({ id, link }) => [id, link]))

/** Whether the name belongs to another key (payment, reservations, pushes), which would be overwritten. */
function isOfAnother(name: string, draft: SetupDraft, kept: LotConfig | null): boolean {
  const others = [
    draft.gateway?.secret,
    draft.reservation?.secret,
    kept?.gateway?.secret,
    kept?.reservation?.secret,
    kept?.help?.hook?.secret,
    'copies',
  ]
  return others.includes(name) || name.startsWith('push-')
}

/** A camera of a lane, or of a source of spaces. */
type CameraAt = Pick<ArgsOf<'setup.camera'>, 'laneId' | 'sourceId'>

/** The name of the password of a camera. LOT-03 when its link names none, or that of another key. */
export function cameraSecret(at: CameraAt, draft: SetupDraft, kept: LotConfig | null): string {
  const { laneId, sourceId = '' } = at
  const name =
    laneId === undefined ? sourceSecrets(draft).get(sourceId) : laneSecrets(draft).get(laneId)
  if (name !== undefined && !isOfAnother(name, draft, kept)) return name
  const field = laneId === undefined ? `/spaces/${sourceId}/link` : `/lanes/${laneId}/camera`
  throw new LaneFault('LOT-03', { field, value: name ?? '', note: notOfCamera })
}

/** Which passwords are sealed here, by lane and by source. */
export function cameraPasswords(
  draft: SetupDraft,
  { hasSecret }: { hasSecret(name: string): boolean },
): Pick<CredentialsView, 'cameras' | 'watchers'> {
  const states = (secrets: Secrets) =>
    Object.fromEntries(
      [...secrets].map(([id, name]): [string, 'set' | 'absent'] => [
        id,
        hasSecret(name) ? 'set' : 'absent',
      ]),
    )
  return { cameras: states(laneSecrets(draft)), watchers: states(sourceSecrets(draft)) }
}

/** LOT-03 for a password in a link, before anything is stored: a draft is a plain file. */
export function refusePasswords({ devices, open }: Pick<SetupDraft, 'devices' | 'open'>): void {
  const refuse = (field: string, link: string): void => {
    if (hasPassword(link))
      throw new LaneFault('LOT-03', {
        field,
        value: shownLink(link),
        note: t('密码单独填写,不写在地址里', 'enter the password separately, not in the link'),
      })
  }
  for (const [id, links] of Object.entries(devices?.lanes ?? {}))
    for (const kind of laneKindsBy('clause')) refuse(`/lanes/${id}/${kind}`, links[kind])
  open?.sensors.forEach(({ link, plan }, i) => {
    refuse(`/spaces/${i}/link`, link)
    refuse(`/spaces/${i}/plan/control`, plan?.control ?? '')
  })
  open?.streets.forEach(({ spaces }, i) =>
    spaces.forEach(({ pile = '' }, n) => refuse(`/streets/${i}/spaces/${n}/pile`, pile)),
  )
}
