// Passwords of cameras that need a sign-in: a link in the draft names one, and contains none. Sealed under that name,
// so that the test of the camera and its lane find it.
import { laneKindsBy } from '../../core/values/device-kinds/lane-kinds.ts'
import type { SetupDraft } from '../../api/setup-draft.ts'
import type { CredentialsView } from '../../api/setup-views.ts'
import type { LotConfig } from '../../core/lot/config.ts'
import { hasPassword, secretOfLink, shownLink } from '../../core/links/camera-link.ts'
import { t } from '../../core/values/fault-text.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import { cameraMakes } from '../../devices/camera/makes.ts'

/** Schemes of their links. */
export const signedInMakes: readonly string[] = cameraMakes.map(({ name }) => name)

const notOfCamera = t(
  '这条车道没有要登录的相机,或密码名已给别处使用',
  'this lane has no camera with a sign-in, or the password name is already used elsewhere',
)

/** The name of each password, by lane. */
function cameraSecrets({ devices }: SetupDraft): ReadonlyMap<string, string> {
  const links = Object.entries(devices?.lanes ?? {})
  return new Map(
    links.flatMap(([id, { camera }]): [string, string][] => {
      const name = secretOfLink(camera)
      return name === null ? [] : [[id, name]]
    }),
  )
}

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

/** The name of the password of a lane's camera. LOT-03 when its link names none, or that of another key. */
export function cameraSecret(laneId: string, draft: SetupDraft, kept: LotConfig | null): string {
  const name = cameraSecrets(draft).get(laneId) ?? null
  if (name !== null && !isOfAnother(name, draft, kept)) return name
  const field = `/lanes/${laneId}/camera`
  throw new LaneFault('LOT-03', { field, value: name ?? '', note: notOfCamera })
}

/** Which passwords are sealed here, by lane. */
export const cameraPasswords = (
  draft: SetupDraft,
  { hasSecret }: { hasSecret(name: string): boolean },
): CredentialsView['cameras'] =>
  Object.fromEntries(
    [...cameraSecrets(draft)].map(([id, name]) => [id, hasSecret(name) ? 'set' : 'absent']),
  )

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
