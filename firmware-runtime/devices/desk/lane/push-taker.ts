// Hands pushes of the listener to the camera of a lane or to the watcher of spaces that they are for, and what was refused
// to the cameras that it concerns.
import type { CameraPush, JsonAnswer, JsonPush, PushRefusal } from '../../intake/camera-intake.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import type { CameraHandle } from './camera-service.ts'
import { PushCamera } from './push-camera.ts'
import type { SpaceService } from './space-service.ts'

/** The answer to a form of a watcher of spaces. */
const spaceAlive = JSON.stringify({ status: 'ok' })

interface Pushing {
  readonly config: LotConfig
  readonly cameras: ReadonlyMap<string, CameraHandle>
  readonly spaces: Pick<SpaceService, 'pushIds' | 'pushed' | 'refusedPush'>
}

export class PushTaker {
  private readonly lot: Pushing

  constructor(lot: Pushing) {
    this.lot = lot
  }

  get config(): LotConfig {
    return this.lot.config
  }

  get spaces(): Pushing['spaces'] {
    return this.lot.spaces
  }

  onPush({ laneId, xml, pictures }: CameraPush, head: string): string | null {
    const ofSpaces = this.spaces.pushed(laneId, xml, pictures)
    if (ofSpaces !== null) return ofSpaces.refused
    const push = this.camera(laneId)?.take(xml, { parts: pictures }, head)
    return push?.kind === 'refused' ? push.what : null
  }

  onJson({ laneId, text, pictures }: JsonPush, head: string): JsonAnswer {
    const ofSpaces = this.spaces.pushed(laneId, text)
    if (ofSpaces !== null) return { ...ofSpaces, reply: '{"code":0}' }
    const push = this.camera(laneId)?.take(text, { within: pictures }, head)
    return { refused: push?.kind === 'refused' ? push.what : null, reply: push?.reply ?? '{}' }
  }

  onForm(laneId: string): string {
    const camera = this.camera(laneId)
    camera?.beat()
    return camera?.make.alive ?? spaceAlive
  }

  onWrongPath(laneId: string, { head }: PushRefusal): void {
    this.camera(laneId)?.wrongPath(head)
  }

  /** A request that named no lane concerns each lane whose camera pushes. */
  onRefused(laneId: string | null, { what, head }: PushRefusal): void {
    if (laneId !== null) this.spaces.refusedPush(laneId)
    const lanes = laneId === null ? [...this.lot.cameras.keys()] : [laneId]
    for (const id of lanes) this.camera(id)?.refused(what, head, laneId !== null)
  }

  private camera(laneId: string): PushCamera | null {
    const camera = this.lot.cameras.get(laneId)
    return camera instanceof PushCamera ? camera : null
  }
}
