// Sets up a lot from a complete draft, like Studio and `lot init --from`: used by the recorded process, and by
// the judge, which continues after a cut.
import { peopleOffline } from '#lane/folder/people-offline.ts'
import { setupPorts } from '#lane/desk/setup/setup-ports.ts'
import { SetupService } from '#lane/desk/setup/setup-service.ts'
import { wholeDraft } from '../../firmware-runtime/lane/desk/setup/setup-kit.ts'

export const setUp = (dir: string): SetupService =>
  new SetupService(setupPorts(dir, peopleOffline(dir, 'setup'), () => undefined))

const { version: _, ...parts } = wholeDraft

/** Stores the draft and makes the lot from it. */
export function makeLot(dir: string): void {
  const service = setUp(dir)
  service.save(parts)
  service.begin(service.preview().digest, { by: '店主', reason: '开通' })
}
